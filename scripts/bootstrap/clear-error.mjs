/** An error whose message is all that a person needs to read: printed as one line, without a stack. */
export function clearError(message) {
  return Object.assign(new Error(message), { clear: true });
}
