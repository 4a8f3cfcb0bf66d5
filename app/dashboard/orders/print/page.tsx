import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { readOrdersToPrint } from "@/lib/orders/read-orders-to-print";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { Empty, PageHeading } from "../../parts/heading";
import type { SearchParams } from "../../parts/query";
import { OrderPaper, ReceiptPaper, SlipPaper, whyNoPaper } from "./papers";
import { PrintButton } from "./print-button";
import { mostPrinted, printHref, readPrintQuery } from "./print-query";
import { Recipients } from "./recipients";

export async function generateMetadata({ searchParams }: { searchParams: SearchParams }): Promise<Metadata> {
  const t = await getTranslations("order.print");
  return { title: t(`titles.${readPrintQuery(await searchParams).form}`) };
}

const papers = { order: OrderPaper, slip: SlipPaper, receipt: ReceiptPaper };

/** Order sheets, packing slips or receipts, one order a page: `?form=slip&order=…&order=…`. */
export default async function PrintPage({ searchParams }: { searchParams: SearchParams }) {
  const { form, orderNos, left, isMadeUp } = readPrintQuery(await searchParams);
  const staff = await requireStaffOnPage(
    form === "slip" ? "orders.ship" : "orders.read",
    printHref(form, orderNos),
  );

  const t = await getTranslations("order.print");
  const { shopName, timeZone } = await readSettings(shop().db);
  const found = await readOrdersToPrint(shop(), orderNos);
  const printed = found.filter((order) => whyNoPaper(form, order) === null);
  const without = found.filter((order) => whyNoPaper(form, order) !== null);
  const hasRecipient = form !== "receipt" && printed.some(({ recipient }) => recipient);
  const mayReveal = hasRecipient && isAllowed(staff.role, "members.reveal");
  const PaperOf = papers[form];
  return (
    <>
      <div className="print:hidden">
        <PageHeading title={t(`titles.${form}`)} note={t("how")} />
        {(isMadeUp || left > 0) && (
          <p role="status" className="mb-3 text-warn">
            {left > 0 ? t("tooMany", { most: mostPrinted, left }) : t("madeUp")}
          </p>
        )}
        {without.length > 0 && (
          <ul className="mb-3 text-warn">
            {without.map((order) => (
              <li key={order.orderNo}>
                <Link className="zg-code" href={`/dashboard/orders/${order.orderNo}`} prefetch={false}>
                  {order.orderNo}
                </Link>{" "}
                {t(`without.${whyNoPaper(form, order) ?? "unpaid"}`)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {printed.length === 0 ? (
        <div className="sheet">
          <Empty title={t("none")}>
            <Link href="/dashboard/orders" prefetch={false}>
              {t("toOrders")}
            </Link>
          </Empty>
        </div>
      ) : (
        <Recipients
          form={form}
          orderNos={printed.map(({ orderNo }) => orderNo)}
          words={mayReveal ? { reveal: t("reveal"), hint: t("revealHint") } : null}
          tools={
            <>
              <PrintButton label={t("print", { count: printed.length })} />
              {hasRecipient && !mayReveal && <span className="text-s text-soft">{t("mayNotReveal")}</span>}
            </>
          }
        >
          {printed.map((order) => (
            <PaperOf key={order.orderNo} order={order} shopName={shopName} timeZone={timeZone} />
          ))}
        </Recipients>
      )}
    </>
  );
}
