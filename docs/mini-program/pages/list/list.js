import { yuan } from "../../yuan.js";

Page({
  data: {
    items: [],
    nextCursor: null,
    loading: true,
    problem: "",
  },

  onLoad() {
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
    const { shop, shopUrl } = getApp();
    this.setData({ loading: true, problem: "" });
    try {
      const { items, nextCursor } = await shop.listProducts({ cursor });
      const shown = items.map((product) => card(product, shopUrl));
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

function card({ slug, title, images, variants }, shopUrl) {
  return {
    slug,
    title,
    image: images[0] ? shopUrl + images[0] : "",
    fromPrice: yuan(Math.min(...variants.map(({ priceFen }) => priceFen))),
    hasMore: variants.length > 1,
    isSoldOut: variants.every(({ available }) => available <= 0),
  };
}
