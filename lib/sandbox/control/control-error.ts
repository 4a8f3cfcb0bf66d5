/** What a caller of the control API did wrong, as one line and an HTTP status. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code = "refused",
  ) {
    super(message);
  }
}
