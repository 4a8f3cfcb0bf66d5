import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { useTimeLeft } from "@/app/(shop)/time-left";
import english from "@/messages/en/shop.json";
import chinese from "@/messages/zh-CN/shop.json";

function Left({ ms }: { ms: number }) {
  return useTimeLeft()(ms);
}

const minute = 60_000;
const [hour, day] = [60 * minute, 24 * 60 * minute];

test.each([
  [2 * day + 23 * hour + 59 * minute, "剩 2 天 23 小时", "2 days 23 hours left"],
  [day, "剩 1 天 0 小时", "1 day 0 hours left"],
  [3 * hour + 20 * minute, "剩 3 小时 20 分", "3 hours 20 minutes left"],
  [hour + 59_000, "剩 1 小时 0 分", "1 hour 0 minutes left"],
  [hour - 1, "剩 1 小时 0 分", "1 hour 0 minutes left"],
  [29 * minute + 5000, "剩 29 分 05 秒", "29 minutes 05 seconds left"],
  [59_000, "剩 59 秒", "59 seconds left"],
  [1, "剩 1 秒", "1 second left"],
  [0, "剩 0 秒", "0 seconds left"],
  [-5000, "剩 0 秒", "0 seconds left"],
])("%i ms are written out: %s; %s", (ms, zh, en) => {
  const read = (locale: "zh-CN" | "en", shop: typeof chinese | typeof english) =>
    renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={{ shop }} timeZone="Asia/Shanghai">
        <Left ms={ms} />
      </NextIntlClientProvider>,
    );

  expect(read("zh-CN", chinese)).toBe(zh);
  expect(read("en", english)).toBe(en);
});
