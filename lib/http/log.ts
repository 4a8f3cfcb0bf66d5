import pino from "pino";
import { errorFacts } from "./error-facts";

/** JSON lines on stdout. Keys, signatures, tokens and personal data are cut out wherever they stand. */
export const log = pino({
  level: process.env.LOG_LEVEL || "info",
  serializers: { err: errorFacts },
  redact: {
    paths: ["apiKey", "appSecret", "appKey", "sign", "openid", "phone", "token", "body", "headers"].flatMap(
      (name) => [name, `*.${name}`],
    ),
    censor: "[cut]",
  },
});
