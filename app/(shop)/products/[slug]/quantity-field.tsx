import { useRef } from "react";
import { mostPieces } from "@/lib/orders/order-limits";
import type { BuyOffer } from "./buy-offer";
import styles from "./product.module.css";

/**
 * How many: a number field that is typed into, and where there is a script a button on each side of it. `most` is what
 * the buttons go to; whoever types more is told by the shop. What was sent back stays as typed, the reason beside it.
 */
export function QuantityField({
  words,
  typed,
  most,
  problem,
  describedBy,
}: {
  words: BuyOffer["words"];
  typed: string | null;
  most: number;
  problem: string | null;
  /** The id of what else says why this number cannot be had. */
  describedBy: string | null;
}) {
  const input = useRef<HTMLInputElement>(null);

  function step(by: number) {
    if (!input.current) return;
    const now = Math.trunc(Number(input.current.value)) || 0;
    input.current.value = String(Math.max(1, Math.min(now + by, most, mostPieces)));
  }

  const reasons = [problem && "quantity-problem", describedBy].filter(Boolean).join(" ");
  return (
    <div className={styles.quantity}>
      <div className="weui-cells">
        <div className="weui-cell">
          <label className="weui-cell__bd" htmlFor="quantity">
            {words.quantity}
          </label>
          <div className={styles.stepper}>
            <button type="button" aria-label={words.fewer} onClick={() => step(-1)}>
              <span aria-hidden="true">−</span>
            </button>
            <input
              ref={input}
              id="quantity"
              className={`weui-input ${styles.number}`}
              name="quantity"
              type="number"
              inputMode="numeric"
              min={1}
              max={mostPieces}
              required
              defaultValue={typed ?? 1}
              aria-invalid={reasons ? true : undefined}
              aria-describedby={reasons || undefined}
            />
            <button type="button" aria-label={words.more} onClick={() => step(1)}>
              <span aria-hidden="true">+</span>
            </button>
          </div>
        </div>
      </div>
      {problem && (
        <p id="quantity-problem" className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
