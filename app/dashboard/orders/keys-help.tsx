import { useTranslations } from "next-intl";
import { OrderKeys } from "./order-keys";

/** What each key does, told when "?" is pressed. */
export function KeysHelp({ maySelect }: { maySelect: boolean }) {
  const t = useTranslations("lists.keys");
  const keys = [
    ["/", t("search")],
    ["j", t("next")],
    ["k", t("before")],
    ...(maySelect ? [["x", t("tick")]] : []),
    ["Enter", t("open")],
    ["Esc", t("leave")],
    ["?", t("help")],
  ];
  return (
    <OrderKeys words={{ hint: t("hint"), title: t("title"), off: t("off"), close: t("close") }}>
      <dl className="my-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="zg-code rounded-md border border-line-strong px-1.5">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </OrderKeys>
  );
}
