"""E: what the machine lacks."""

from assess.language import N_
from assess.problems.catalogue.rule import error

RULES = (
    error("E501", N_("a system library for PDF is missing: {library}"),
          N_("PDF needs Pango and HarfBuzz, which come with the operating system."),
          N_("Install them: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")),
    error("E502", N_("{path} cannot be written: {reason}"),
          N_("Results are written into the folder that --out names."),
          N_("Choose another folder with --out, or free some space.")),
    error("E510", N_("signing needs pyHanko, which is not installed"),
          N_("Signatures come with the extra «sign»."),
          N_("Install it: pip install 'cyberdialog-assess[sign]'")),
    error("E511", N_("there is no {what} in this file"),
          N_("Keys and certificates are PEM files, or together one PKCS #12 file (.p12, .pfx)."),
          N_("Give the right file, or have it written anew as PEM or PKCS #12.")),
    error("E512", N_("this certificate does not belong to the key"),
          N_("The first certificate of the file holds the public half of the private key."),
          N_("Give the certificate that was issued for this key.")),
    error("E513", N_("the passphrase does not open this key"),
          N_("A locked key opens with its passphrase, typed when asked, or from the variable {variable}."),
          N_("Try again, or correct the variable.")),
    error("E504", N_("{path} exists already"),
          N_("A file that a person may have filled in is never overwritten."),
          N_("Choose another name with --out, or overwrite the file with --force.")),
)
