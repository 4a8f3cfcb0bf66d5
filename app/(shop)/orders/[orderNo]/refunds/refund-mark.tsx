import { useTranslations } from "next-intl";
import { outlines, shapeLine } from "@/app/ui/shape-line";
import cards from "../cards.module.css";
import styles from "./refunds.module.css";
import { type Refund, type Standing, standingOf } from "./standing";

/** What a buyer is told: our steps between approval and WeChat's word are one to them. */
type Look = "asked" | "moving" | "waiting" | "done" | "over" | "trouble";

const looks: Record<Standing, Look> = {
  requested: "asked",
  approved: "moving",
  awaiting_return: "waiting",
  returning: "moving",
  sending: "moving",
  accepted: "moving",
  abnormal: "trouble",
  succeeded: "done",
  to_be_paid: "moving",
  manual: "done",
  closed: "trouble",
  rejected: "over",
  withdrawn: "over",
};

/** A refund's status as a shape and a word. Never green: that is money received by the shop, and this leaves it. */
export function RefundMark({ refund }: { refund: Refund }) {
  const t = useTranslations("shop.refunds.status");
  const standing = standingOf(refund);
  const look = looks[standing];
  return (
    <span className={`${cards.mark} ${styles.mark}`} data-look={look}>
      <svg viewBox="0 0 16 16" className={cards.shape} aria-hidden="true">
        {shapes[look]}
      </svg>
      {t(standing)}
    </span>
  );
}

const ring = "M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 1 0 8 1.9";

const shapes: Record<Look, React.ReactNode> = {
  asked: <path {...shapeLine} d={outlines.clock} />,
  moving: <path {...shapeLine} d={outlines.back} />,
  // A box: the buyer's turn.
  waiting: <path {...shapeLine} d={outlines.box} />,
  // The same arrow in a full coin: the money is back.
  done: (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      <path
        {...shapeLine}
        className={styles.cut}
        d="M6.3 4.6 4.4 6.5l1.9 1.9M4.6 6.5h4.2a2.3 2.3 0 0 1 0 4.6H7"
      />
    </>
  ),
  over: <path {...shapeLine} d={`${ring}M5 8h6`} />,
  trouble: <path {...shapeLine} d={outlines.wedge} />,
};
