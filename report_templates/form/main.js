const data = JSON.parse(document.getElementById("data").textContent);
document.querySelector("main").textContent = data.start;
