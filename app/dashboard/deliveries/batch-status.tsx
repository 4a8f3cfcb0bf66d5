import { useTranslations } from "next-intl";
import type { ShownBatch } from "@/lib/batches/find-batch";
import { Mark, type Shape, type Tone } from "../parts/mark";

const looks: Record<ShownBatch["status"], [Shape, Tone]> = {
  draft: ["hollow", "plain"],
  applied: ["full", "accent"],
  undone: ["bar", "soft"],
};

export function BatchStatusMark({ status }: { status: ShownBatch["status"] }) {
  const t = useTranslations("desk.batches.status");
  const [shape, tone] = looks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}
