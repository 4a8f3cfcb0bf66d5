import { statusWords } from "../../words.js";
import { yuan } from "../../yuan.js";

Page({
  data: { items: [], nextCursor: null, loading: true, problem: "" },

  /** Also when the buyer comes back from an order: it may have been paid. */
  onShow() {
    return this.load(null);
  },

  async onPullDownRefresh() {
    await this.load(null);
    wx.stopPullDownRefresh();
  },

  onReachBottom() {
    const { nextCursor, loading } = this.data;
    if (nextCursor && !loading) return this.load(nextCursor);
  },

  onRetry() {
    return this.load(null);
  },

  /** From the top when `cursor` is null, else one page more. */
  async load(cursor) {
    this.setData({ loading: true, problem: "" });
    try {
      const { items, nextCursor } = await getApp().shop.listOrders({ cursor });
      const shown = items.map(line);
      this.setData({
        items: cursor ? [...this.data.items, ...shown] : shown,
        nextCursor,
        loading: false,
      });
    } catch (error) {
      this.setData({ loading: false, problem: error.message });
    }
  },
});

function line({ orderNo, status, totalFen, lines }) {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    orderNo,
    status: statusWords[status],
    total: yuan(totalFen),
    title: lines.length > 1 ? `${lines[0].title} 等 ${pieces} 件` : lines[0].title,
  };
}
