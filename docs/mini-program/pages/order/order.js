import { isOpen } from "../../shop-client.js";
import { statusWords } from "../../words.js";
import { yuan } from "../../yuan.js";

Page({
  data: {
    order: null,
    status: "",
    total: "",
    timeLeft: "",
    lines: [],
    deliveries: [],
    canPay: false,
    canCancel: false,
    canReceive: false,
    canRefund: false,
    refunds: [],
    /** "paying", "confirming" or "": what the page is at. */
    busy: "",
    told: "",
    problem: "",
  },

  onLoad({ orderNo, pay }) {
    this.orderNo = orderNo;
    this.isFresh = pay === "1"; // Just placed: WeChat's sheet opens without another tap.
  },

  /** Also when the buyer comes back from WeChat, or takes the phone up again: the order is as the shop knows it now. */
  async onShow() {
    await this.load();
    const isFresh = this.isFresh;
    this.isFresh = false;
    if (isFresh && this.data.canPay) await this.onPay();
  },

  onRetry() {
    return this.load();
  },

  async load() {
    try {
      this.show(await getApp().shop.findOrder(this.orderNo));
    } catch (error) {
      this.setData({ problem: error.status === 404 ? "没有这笔订单。" : error.message });
    }
  },

  /** Whatever the sheet says, the shop's word counts: a cancelled sheet may have been paid, a paid one is not proven. */
  async onPay() {
    if (this.data.busy) return;
    const { shop } = getApp();
    this.setData({ busy: "paying", told: "", problem: "" });
    try {
      const said = await payOrAlready(shop, this.orderNo);
      this.setData({ busy: "confirming" });
      const order = await shop.waitForResult(this.orderNo, { forMs: said === "done" ? 30000 : 0 });
      this.show(order, toldOf(said, order));
    } catch (error) {
      this.setData({ problem: error.message });
    }
    this.setData({ busy: "" });
  },

  onCancel() {
    return this.change((shop) => shop.cancelOrder(this.orderNo));
  },

  onReceive() {
    return this.change((shop) => shop.confirmReceipt(this.orderNo));
  },

  onRefund() {
    const { refundableFen } = this.data.order;
    return this.change((shop) =>
      shop.requestRefund({ orderNo: this.orderNo, refundFen: refundableFen, reason: "unwanted" }),
    );
  },

  async change(deed) {
    if (this.data.busy) return;
    this.setData({ busy: "changing", told: "", problem: "" });
    try {
      await deed(getApp().shop);
    } catch (error) {
      this.setData({ problem: error.message });
    }
    await this.load(); // Also after a refusal: it says that the order is not what the page thought.
    this.setData({ busy: "" });
  },

  show(order, told = "") {
    const isPending = order.status === "pending";
    this.setData({
      order,
      told,
      status: statusWords[order.status],
      total: yuan(order.totalFen),
      timeLeft: isPending ? timeLeft(order.expiresAt) : "",
      lines: order.lines.map((line) => ({ ...line, price: yuan(line.priceFen) })),
      deliveries: order.deliveries,
      refunds: order.refunds.map((refund) => ({ ...refund, amount: yuan(refund.refundFen) })),
      canPay: isPending,
      canCancel: isPending,
      canReceive: order.isReceivable,
      canRefund: order.refundableFen > 0,
    });
  },
});

/** An order that was paid meanwhile is as good as one that is paid now. */
async function payOrAlready(shop, orderNo) {
  try {
    return await shop.pay(orderNo);
  } catch (error) {
    if (error.code === "already_paid") return "done";
    throw error;
  }
}

function toldOf(said, order) {
  if (!isOpen(order)) return "";
  if (said === "done") return "付款结果正在确认，请勿重复付款，稍后再看。";
  return said === "cancelled" ? "已取消付款，订单还为您保留着。" : "付款没有完成，请再试一次。";
}

function timeLeft(expiresAt) {
  const minutes = Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 60000));
  const hours = Math.floor(minutes / 60);
  return hours ? `剩 ${hours} 小时 ${minutes % 60} 分` : `剩 ${minutes} 分`;
}
