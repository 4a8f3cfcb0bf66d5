import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import type { ShownClock } from "@/lib/deliveries/read-clock";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import type { DeskClock } from "../../desk-settings";
import { Fact, Facts } from "../../parts/facts";
import { EndedClock, RunningClock } from "../../parts/order-clock";
import { StandingMark } from "../../parts/standing";
import { ShortMoment, TimeLeft } from "../../parts/times";

type Props = { order: DeskOrder; of: ShownClock; clock: DeskClock };

export function Clock({ order, of, clock }: Props) {
  const t = useTranslations("desk.order.clock");
  const { timeZone, now } = clock;
  return (
    <Facts>
      <Fact name={t("created")}>
        <Moment at={order.createdAt} timeZone={timeZone} />
      </Fact>
      {order.paidAt ? (
        <Fact name={t("paid")}>
          <Moment at={order.paidAt} timeZone={timeZone} />
        </Fact>
      ) : (
        <Fact name={t("expires")}>
          <Moment at={order.expiresAt} timeZone={timeZone} />
        </Fact>
      )}
      {order.status === "pending" && (
        <Fact name={t("toPay")}>
          <TimeLeft until={order.expiresAt} now={now} />
        </Fact>
      )}
      {order.deliverBy && (
        <Fact name={t("deliverBy")}>
          <Moment at={order.deliverBy} timeZone={timeZone} />
        </Fact>
      )}
      {of.clock && <Deadline of={of.clock} clock={clock} />}
      {of.clock?.state === "runs" && <Fact name={t("person")}>{of.person ?? t("nobody")}</Fact>}
      {of.reminders > 0 && (
        <Fact name={t("reminders")}>
          {t("reminded", { count: of.reminders })}{" "}
          {of.remindedAt && <ShortMoment at={of.remindedAt} {...clock} />}
        </Fact>
      )}
      {of.moved && <Moved moved={of.moved} clock={clock} />}
    </Facts>
  );
}

/** The same clock as on the board; one that has ended says when and why. */
function Deadline({ of, clock }: { of: NonNullable<ShownClock["clock"]>; clock: DeskClock }) {
  const t = useTranslations("desk.order.clock");
  if (of.state === "ended")
    return (
      <Fact name={t("ended")}>
        <EndedClock why={of.why} /> {of.endedAt && <ShortMoment at={of.endedAt} {...clock} />}
      </Fact>
    );
  return (
    <>
      <Fact name={t("toShip")}>
        <RunningClock order={of} clock={clock} />
      </Fact>
      <Fact name={t("standing")}>
        <StandingMark standing={of.standing} />
      </Fact>
    </>
  );
}

/** Who moved the deadline last, from when, and why. */
function Moved({ moved, clock }: { moved: NonNullable<ShownClock["moved"]>; clock: DeskClock }) {
  const t = useTranslations("desk.order.clock");
  return (
    <Fact name={t("moved")}>
      <span className="block">
        {t("movedBy", { name: moved.by ?? "—" })} <ShortMoment at={moved.at} {...clock} />
      </span>
      <span className="block text-s text-soft">
        {t("movedFrom")} <ShortMoment at={moved.from} {...clock} />
      </span>
      <span className="block text-s whitespace-pre-line">{moved.reason}</span>
    </Fact>
  );
}
