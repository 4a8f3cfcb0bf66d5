/** No page can send it to another origin without asking first, and nobody answers when it asks. */
export const controlHeader = "x-sandbox-control";
