/** Where the box that ticks the whole page is drawn: without a script nothing stands there. */
export const selectAllId = "select-all";
