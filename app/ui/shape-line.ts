/** How the shapes beside a status are drawn, in a box of 16 by 16. */
export const shapeLine = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;
