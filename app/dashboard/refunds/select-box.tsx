"use client";

import { useSentForm } from "../parts/action-panel";
import { tickOf } from "../parts/outcome";

/** Ticks one refund for the batch; a selection that was refused as a whole is still ticked. */
export function SelectBox({ refundNo, label }: { refundNo: string; label: string }) {
  const { typed } = useSentForm();
  const isTicked = typed[tickOf(refundNo)] !== undefined;
  return (
    <input
      key={String(isTicked)}
      type="checkbox"
      name="refundNo"
      value={refundNo}
      defaultChecked={isTicked}
      aria-label={label}
      className="size-6 shrink-0 self-start"
    />
  );
}
