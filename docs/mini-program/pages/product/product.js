import { requestsFor } from "../../shop-client.js";
import { yuan } from "../../yuan.js";

Page({
  data: {
    product: null,
    images: [],
    variants: [],
    sku: "",
    quantity: 1,
    recipient: null,
    /** What is chosen costs this much in all; null until the shop has said so. */
    costs: null,
    /** Why what is chosen cannot be ordered. */
    hindrance: "",
    isVirtual: false,
    /** Apple allows no virtual goods to be paid for by WeChat Pay inside a mini program on iOS. */
    isForbiddenHere: false,
    sending: false,
    problem: "",
  },

  onLoad({ slug }) {
    this.slug = slug;
    return this.load();
  },

  onRetry() {
    return this.data.product ? this.tellCosts() : this.load();
  },

  async load() {
    const { shop, shopUrl } = getApp();
    this.setData({ problem: "" });
    try {
      const product = await shop.findProduct(this.slug);
      const first = product.variants.find(({ available }) => available > 0);
      const isVirtual = product.kind === "virtual";
      wx.setNavigationBarTitle({ title: product.title });
      this.setData({
        product,
        isVirtual,
        images: product.images.map((image) => shopUrl + image),
        variants: product.variants.map((variant) => ({ ...variant, price: yuan(variant.priceFen) })),
        sku: first ? first.sku : "",
        isForbiddenHere: isVirtual && wx.getDeviceInfo().platform === "ios",
      });
    } catch (error) {
      return this.setData({ problem: error.message });
    }
    await this.tellCosts();
  },

  onVariant({ detail }) {
    this.setData({ sku: detail.value });
    return this.tellCosts();
  },

  onQuantity({ detail }) {
    this.setData({ quantity: Number(detail.value) });
    return this.tellCosts();
  },

  /** As the shop counts it, freight included: nothing is ordered whose whole price was not shown. */
  async tellCosts() {
    const { sku, quantity } = this.data;
    const asked = { sku, quantity };
    this.asked = asked; // An answer that comes after another choice was made is not about what is shown.
    this.quote = null;
    this.setData({ costs: null, hindrance: quantity > 0 ? "" : "请填写数量。", problem: "" });
    if (!sku || !(quantity > 0)) return;
    try {
      const quote = await getApp().shop.quote([asked]);
      if (this.asked === asked) this.showQuote(quote);
    } catch (error) {
      if (this.asked === asked) this.setData({ problem: wordsOf(error) });
    }
  },

  showQuote(quote) {
    const hindrance = hindranceOf(quote);
    if (hindrance) return this.setData({ hindrance });
    const [{ goodsFen, freightFen, totalFen }] = quote.orders;
    this.quote = quote;
    this.setData({
      costs: {
        goods: `¥${yuan(goodsFen)}`,
        freight: freightFen ? `¥${yuan(freightFen)}` : "包邮",
        total: `¥${yuan(totalFen)}`,
      },
    });
  },

  /** WeChat's own address book. It leaves the district empty where a city has none. */
  onAddress() {
    wx.chooseAddress({
      success: (chosen) =>
        this.setData({
          problem: "",
          recipient: {
            name: chosen.userName,
            phone: chosen.telNumber,
            province: chosen.provinceName,
            city: chosen.cityName,
            district: chosen.countyName,
            address: chosen.detailInfo,
          },
        }),
      fail: () => {}, // Closed without a choice: what was chosen before stays.
    });
  },

  async onOrder() {
    if (this.data.sending || !this.quote) return; // A second tap before the first was answered, or a price not shown yet.
    const { recipient, isVirtual } = this.data;
    if (!isVirtual && !recipient) return this.setData({ problem: "请先选择收货地址。" });
    this.setData({ sending: true, problem: "" });
    try {
      const [request] = requestsFor(this.quote, { recipient });
      const order = await this.place(request);
      if (order) await this.goOn(order);
      else await this.tellCosts();
    } catch (error) {
      this.setData({ problem: wordsOf(error) });
    }
    this.setData({ sending: false });
  },

  /** What was shown may have changed since: the shop tells the new total, and the buyer agrees or not. */
  async place(request) {
    const { shop } = getApp();
    try {
      return await shop.placeOrder(request);
    } catch (error) {
      if (error.code !== "price_changed") throw error;
      const { totalFen } = error.problem;
      const isAgreed = await ask(
        `合计由 ¥${yuan(request.expectedTotalFen)} 变为 ¥${yuan(totalFen)}（含运费），确认下单吗？`,
      );
      return isAgreed ? shop.placeOrder({ ...request, expectedTotalFen: totalFen }) : null;
    }
  },

  goOn({ orderNo }) {
    return wx.redirectTo({ url: `/pages/order/order?orderNo=${orderNo}&pay=1` });
  },
});

function hindranceOf({ orders, unavailable }) {
  if (unavailable.length) return "已下架，无法购买。";
  const [{ available, quantity, trouble }] = orders[0].lines;
  if (!trouble) return "";
  return available > 0 ? `仅剩 ${available} 件，您要 ${quantity} 件。` : "已售罄。";
}

/** The fields that are wrong say so themselves: "请填写区县。" */
function wordsOf({ message, problem }) {
  const fields = problem?.errors ?? [];
  return fields.length ? fields.map((field) => field.message).join("") : message;
}

function ask(content) {
  return new Promise((resolve) => {
    wx.showModal({
      title: "请核对金额",
      content,
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false),
    });
  });
}
