import { useTranslations } from "next-intl";
import type { ClockEnd } from "@/lib/deliveries/clock";
import { type Urgency, urgencyOf } from "@/lib/deliveries/deadline";
import type { DeskClock } from "../desk-settings";
import { Mark, type Shape, type Tone } from "./mark";
import { TimeLeft } from "./times";

const looks: Record<Urgency, [Shape, Tone]> = {
  late: ["wedge", "danger"],
  near: ["half", "warn"],
  ahead: ["hollow", "plain"],
};

type Running = { kind: "physical" | "virtual"; deliverBy: Date };

/** A running clock: a word and a shape for how urgent it is, and the time that is left written out; colour comes third. */
export function RunningClock({ order, clock }: { order: Running; clock: DeskClock }) {
  const t = useTranslations("desk.deadline");
  const urgency = urgencyOf(order, clock.now, clock);
  const [shape, tone] = looks[urgency];
  return (
    <Mark shape={shape} tone={tone}>
      <span className="whitespace-normal">
        <span className="font-semibold">{t(urgency)}</span>{" "}
        <TimeLeft until={order.deliverBy} now={clock.now} />
      </span>
    </Mark>
  );
}

/** A clock that has ended says why. */
export function EndedClock({ why }: { why: ClockEnd }) {
  const t = useTranslations("desk.deadline.ended");
  return (
    <Mark shape={why === "reported" ? "full" : "bar"} tone="soft">
      <span className="whitespace-normal">{t(why)}</span>
    </Mark>
  );
}
