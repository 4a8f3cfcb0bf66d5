import type { Verdict } from "@/lib/setup/finding";
import type { Shape, Tone } from "../parts/mark";

export const verdictLooks: Record<Verdict, { shape: Shape; tone: Tone }> = {
  broken: { shape: "wedge", tone: "danger" },
  look: { shape: "wedge", tone: "warn" },
  unknown: { shape: "hollow", tone: "plain" },
  fine: { shape: "full", tone: "soft" },
};
