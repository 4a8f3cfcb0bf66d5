import { Money } from "@/app/ui/money";
import styles from "./goods-line.module.css";
import { Picture } from "./picture";

/** One line of an order: picture, title, price times quantity. */
export function GoodsLine({
  line,
}: {
  line: { title: string; image: string | null; quantity: number; priceFen: number };
}) {
  return (
    <div className={styles.line}>
      <div className={styles.picture}>
        <Picture src={line.image} title={line.title} sizes="3.5rem" />
      </div>
      <div className={styles.words}>
        <span>{line.title}</span>
        <span className={styles.price}>
          <Money fen={line.priceFen} /> × {line.quantity}
        </span>
      </div>
      <Money fen={line.priceFen * line.quantity} />
    </div>
  );
}
