/** Something the caller can put right: printed as one line, exit 1. */
export class UsageError extends Error {}
