/** How the shapes beside a status are drawn, in a box of 16 by 16. */
export const shapeLine = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

/** Shapes that stand for the same in more than one place. */
export const outlines = {
  /** An open ring with a hand: time runs, or somebody has yet to answer. */
  clock: "M8 1.9a6.1 6.1 0 1 0 6.1 6.1M8 4.6V8l2.4 1.6",
  box: "M2.2 4.9 8 2l5.8 2.9v6.2L8 14l-5.8-2.9zM2.2 4.9 8 7.8l5.8-2.9M8 7.8V14",
  van: "M1.6 4.2h7.2v6.6H1.6zM8.8 6.4h2.9l2.7 2.4v2H8.8M4.2 12.6h.1M11.5 12.6h.1",
  /** An arrow that turns back: money on its way to the buyer. */
  back: "M5.2 2.6 2.4 5.4l2.8 2.8M2.6 5.4h6.6a4.1 4.1 0 0 1 0 8.2H6",
  /** Something needs a hand. */
  wedge: "M8 2 14.6 13.6H1.4zM8 6.4v3.4M8 11.8v.1",
} as const;
