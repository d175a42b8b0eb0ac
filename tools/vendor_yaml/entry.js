// What the offline form uses of the library «yaml»; the rest is left out of the bundle.
export { Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, Pair, parseAllDocuments, Scalar, YAMLMap, YAMLSeq } from "yaml";
