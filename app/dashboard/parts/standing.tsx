import { useTranslations } from "next-intl";
import type { Standing } from "@/lib/deliveries/standing";
import { Mark, type Shape, type Tone } from "./mark";

const looks: Record<Standing["state"], [Shape, Tone]> = {
  toShip: ["hollow", "plain"],
  partlyShipped: ["half", "plain"],
  waiting: ["half", "accent"],
  retrying: ["half", "warn"],
  refused: ["wedge", "danger"],
};

/** What stands between an order and the end of its clock, in words. */
export function StandingMark({ standing }: { standing: Standing }) {
  const t = useTranslations("desk.standing");
  const [shape, tone] = looks[standing.state];
  return (
    <Mark shape={shape} tone={tone}>
      <span className="whitespace-normal">
        {standing.state === "partlyShipped"
          ? t("partlyShipped", { shipped: standing.shipped, of: standing.of })
          : t(standing.state)}
      </span>
    </Mark>
  );
}
