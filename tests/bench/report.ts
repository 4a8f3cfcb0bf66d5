import { writeFileSync } from "node:fs";
import type { Figures } from "./measure";
export function writeReport(figures: Figures, to: { file: string | null }): string {
  const text = JSON.stringify(figures, null, 1);
  if (to.file) writeFileSync(to.file, text);
  return text;
}
