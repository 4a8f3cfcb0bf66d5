import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startStrictPage } from "@/tests/support/a-strict-page";
import { launchBrowser } from "@/tests/support/browser";
import { jsapiParametersFor } from "@/tests/support/jsapi-parameters";
import { startReceiver } from "@/tests/support/notify-receiver";
import { type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

const patience = { timeout: 20_000 };
let browser: Browser;
let sandbox: SandboxProcess;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [browser, sandbox, receiver] = await Promise.all([launchBrowser(), startSandbox(), startReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([sandbox.stop(), receiver.stop()]);
});
beforeEach(() => open({ width: 390, height: 844 }, "zh-CN"));
afterEach(async () => {
  expect(problems).toEqual([]);
  await context.close();
});

async function open(viewport: { width: number; height: number }, locale: string) {
  await context?.close();
  problems = [];
  context = await browser.newContext({ viewport, locale });
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
}

async function expectAccessible() {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

const scene = JSON.stringify({ h5_info: { type: "Wap", wap_url: "http://localhost:1", wap_name: "示例店" } });
async function anH5Order() {
  const fields = anOrder({
    trade_type: "MWEB",
    product_id: undefined,
    scene_info: scene,
    notify_url: receiver.url,
  });
  const { mweb_url } = await call(sandbox, "/pay/unifiedorder", fields);
  return { outTradeNo: fields.out_trade_no, mwebUrl: mweb_url ?? "" };
}
async function aJsapiOrder() {
  const { openid } = await sandbox.code();
  const fields = anOrder({ trade_type: "JSAPI", product_id: undefined, openid, notify_url: receiver.url });
  const { prepay_id } = await call(sandbox, "/pay/unifiedorder", fields);
  return { outTradeNo: fields.out_trade_no, prepayId: prepay_id ?? "" };
}

describe("the cashier on a phone", () => {
  test("takes the money and offers the way back, in Chinese and English, without a finding", async () => {
    const { outTradeNo, mwebUrl } = await anH5Order();
    await page.goto(mwebUrl, { referer: "http://localhost:1/checkout" });
    await expectAccessible();

    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "¥88.00" }).waitFor();
    await expectAccessible();
    await page.getByLabel("Payer").selectOption({ label: "Zhou Zimo" });
    await page.getByRole("button", { name: "Pay ¥88.00" }).click();
    await page.getByRole("heading", { name: "Payment successful" }).waitFor();
    await expectAccessible();

    expect(await page.getByRole("link", { name: "Done" }).getAttribute("href")).toBe(
      "http://localhost:1/checkout",
    );
    expect((await sandbox.order(outTradeNo)).notifications[0]?.status).toBe("accepted");
  });

  test("says why nothing can be paid, and who the buyers are", async () => {
    const { outTradeNo, mwebUrl } = await anH5Order();
    await sandbox.close(outTradeNo);

    await page.goto(mwebUrl, { referer: "http://localhost:1/" });
    await page.getByText("订单已关闭").waitFor();
    await expectAccessible();
    await page.goto(`${sandbox.merchant.webUrl}/buyers`);
    await page.getByRole("radio", { name: /陈望舒/ }).check();
    await page.getByRole("button", { name: "使用这位买家" }).click();
    expect(await page.getByRole("radio", { name: /陈望舒/ }).isChecked()).toBe(true);
    await expectAccessible();
  });

  test("works without JavaScript", async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
    page = await context.newPage();
    const { outTradeNo, mwebUrl } = await anH5Order();

    await page.goto(mwebUrl, { referer: "http://localhost:1/" });
    await page.getByRole("button", { name: /确认支付/ }).click();
    await page.getByRole("heading", { name: "支付成功" }).waitFor();

    expect((await sandbox.order(outTradeNo)).tradeState).toBe("SUCCESS");
  });
});

describe("the bridge in an ordinary browser, under a strict policy", () => {
  async function invoke(request: () => unknown) {
    const shop = await startStrictPage(sandbox.merchant.webUrl, request);
    await page.goto(shop.url);
    await expect.poll(() => page.title()).toBe("ready");
    await page.getByRole("button", { name: "微信支付" }).click();
    return shop;
  }
  const result = () => page.locator("output").textContent();
  const cashier = () => page.frameLocator("iframe[title='微信支付沙箱收银台']");

  /** Pressed again until it is heard: the frame shows its buttons before its script has come. */
  const pressEscape = (told: string) =>
    expect
      .poll(async () => {
        await page.keyboard.press("Escape");
        return result();
      })
      .toBe(told);

  test("pays in a frame and calls back with ok", async () => {
    const { outTradeNo, prepayId } = await aJsapiOrder();
    const shop = await invoke(() => jsapiParametersFor(sandbox, prepayId, "HMAC-SHA256"));

    await cashier()
      .getByRole("button", { name: /确认支付/ })
      .click();
    await cashier().getByRole("button", { name: "完成" }).waitFor();
    expect(await result()).toBe("");
    await expectAccessible();
    await cashier().getByRole("button", { name: "完成" }).click();
    await expect.poll(result).toBe("get_brand_wcpay_request:ok ");

    expect((await sandbox.order(outTradeNo)).tradeState).toBe("SUCCESS");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await shop.stop();
  });

  test("calls back with cancel from the button and from Escape, and with ok from Escape after the tick", async () => {
    const { outTradeNo, prepayId } = await aJsapiOrder();
    const shop = await invoke(() => jsapiParametersFor(sandbox, prepayId, "HMAC-SHA256"));

    await cashier().getByRole("button", { name: "取消支付" }).click();
    await expect.poll(result).toBe("get_brand_wcpay_request:cancel ");
    await page.evaluate(() => document.querySelector("output")?.replaceChildren());
    await page.getByRole("button", { name: "微信支付" }).click();
    await cashier()
      .getByRole("button", { name: /确认支付/ })
      .waitFor();
    await pressEscape("get_brand_wcpay_request:cancel ");
    expect((await sandbox.order(outTradeNo)).tradeState).toBe("NOTPAY");

    await page.getByRole("button", { name: "微信支付" }).click();
    await cashier()
      .getByRole("button", { name: /确认支付/ })
      .click();
    await cashier().getByRole("button", { name: "完成" }).waitFor();
    await pressEscape("get_brand_wcpay_request:ok ");
    await shop.stop();
  });

  test("shows nothing for a wrong signature and says fail", async () => {
    const { prepayId } = await aJsapiOrder();
    const shop = await invoke(() => ({
      ...jsapiParametersFor(sandbox, prepayId, "HMAC-SHA256"),
      paySign: "0".repeat(64),
    }));

    await expect.poll(result).toBe("get_brand_wcpay_request:fail 支付验证签名失败");
    expect(await page.locator("iframe").count()).toBe(0);
    await shop.stop();
  });
});

describe("the console", () => {
  test.each([
    [{ width: 1280, height: 900 }, "zh-CN"],
    [{ width: 390, height: 844 }, "en-US"],
  ] as const)("at %j in %s pays wrongly on demand and shows what came of it", async (viewport, locale) => {
    await open(viewport, locale);
    const { outTradeNo } = await anH5Order();
    const zh = locale === "zh-CN";

    await page.goto(`${sandbox.merchant.webUrl}/console`);
    await expectAccessible();
    await page.getByRole("link", { name: outTradeNo }).click();
    await expectAccessible();
    await page.getByLabel(zh ? "实付分" : "Fen taken").fill("1");
    await page.getByRole("button", { name: zh ? "支付" : "Pay", exact: true }).click();
    await page.getByRole("status").waitFor();
    await expect
      .poll(async () => (await sandbox.order(outTradeNo)).notifications[0]?.status)
      .toBe("accepted");
    await page.reload();
    await page.getByText("HTTP 200").waitFor();
    expect(await page.getByRole("cell", { name: "¥0.01" }).count()).toBe(1);
    await expectAccessible();

    await page.goto(`${sandbox.merchant.webUrl}/console`);
    await page.getByLabel(zh ? "故障" : "Fault", { exact: true }).selectOption("unifiedorder system-error");
    await page.getByRole("button", { name: zh ? "设置" : "Arm", exact: true }).click();
    await page.getByText("unifiedorder: system-error ×1").waitFor();
    await expectAccessible();
    await page.getByRole("button", { name: zh ? "全部撤销" : "Disarm all" }).click();
    expect((await sandbox.state()).faults).toEqual([]);
  });

  test.each([
    [{ width: 1280, height: 900 }, "zh-CN"],
    [{ width: 390, height: 844 }, "en-US"],
  ] as const)(
    "at %j in %s refunds by hand, ends what the shop asked for, and empties a purse",
    async (viewport, locale) => {
      await open(viewport, locale);
      const { outTradeNo } = await anH5Order();
      await sandbox.pay({ outTradeNo });
      await sandbox.refundSettings({ settleMs: 2_000, gapMs: 0 });
      const zh = locale === "zh-CN";

      await page.goto(`${sandbox.merchant.webUrl}/console/orders/${outTradeNo}`);
      await page.getByLabel(zh ? "退款金额（分）" : "Fen to refund").fill("300");
      await page.getByLabel(zh ? "一直处理中" : "Stays processing").check();
      await page.getByRole("button", { name: zh ? "在商户平台退款" : "Refund in the portal" }).click();
      await page.getByRole("status").waitFor();
      const [byHand] = await sandbox.refunds(outTradeNo);
      expect(byHand).toMatchObject({ source: "VENDOR_PLATFORM", refundFen: 300, status: "PROCESSING" });
      await expectAccessible();

      await page
        .getByRole("button", { name: `${zh ? "退款异常" : "Abnormal"} ${byHand?.outRefundNo}` })
        .click();
      await page.getByRole("cell", { name: zh ? "退款异常" : "Abnormal", exact: true }).waitFor();
      await expectAccessible();
      await page
        .getByRole("button", { name: `${zh ? "退款成功" : "Succeed"} ${byHand?.outRefundNo}` })
        .click();
      await expect
        .poll(async () => (await sandbox.refund(byHand?.outRefundNo ?? ""))?.status, patience)
        .toBe("SUCCESS");
      await page.getByRole("cell", { name: zh ? "退款成功" : "Succeeded", exact: true }).waitFor();

      await page.getByLabel(zh ? "结果" : "Ends with").selectOption("REFUNDCLOSE");
      await page
        .getByRole("button", { name: zh ? "下一笔退款照此执行" : "Do this to the next refund" })
        .click();
      await expect
        .poll(async () => (await sandbox.state()).faults, patience)
        .toMatchObject([
          { call: "refund-result", outTradeNo, options: { refundPlan: { outcome: "REFUNDCLOSE" } } },
        ]);
      await sandbox.disarm();

      await page.goto(`${sandbox.merchant.webUrl}/console`);
      await page.getByLabel(zh ? "未结算资金设为" : "Set unsettled funds").fill("0");
      await page.getByRole("button", { name: zh ? "更新资金" : "Update purses" }).click();
      await page.getByRole("status").waitFor();
      expect((await sandbox.purse()).unsettledFen).toBe(0);
      await page.getByLabel(zh ? "充值未结算资金" : "Top up unsettled funds").fill("500000");
      await page.getByRole("button", { name: zh ? "更新资金" : "Update purses" }).click();
      await page.getByText("¥5000.00").waitFor();
      await page.getByLabel(zh ? "银行迟迟不处理" : "A slow bank").check();
      await page.getByRole("button", { name: zh ? "保存规则" : "Save", exact: true }).click();
      await expect.poll(() => sandbox.refundSettings(), patience).toMatchObject({ settleMs: null, gapMs: 0 });
      await page.goto(`${sandbox.merchant.webUrl}/console`);
      await expectAccessible();
    },
  );
});
