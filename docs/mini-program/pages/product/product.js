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
    total: "",
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
    return this.load();
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
      this.tellTotal();
    } catch (error) {
      this.setData({ problem: error.message });
    }
  },

  onVariant({ detail }) {
    this.setData({ sku: detail.value });
    this.tellTotal();
  },

  onQuantity({ detail }) {
    this.setData({ quantity: Number(detail.value) });
    this.tellTotal();
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
    if (this.data.sending) return; // A second tap before the first was answered.
    const { product, sku, quantity, recipient, isVirtual } = this.data;
    if (!isVirtual && !recipient) return this.setData({ problem: "请先选择收货地址。" });
    this.setData({ sending: true, problem: "" });
    try {
      const [request] = requestsFor([{ kind: product.kind, sku, quantity }], { recipient });
      const order = await this.place({ ...request, expectedTotalFen: this.goodsFen() });
      if (order) await this.goOn(order);
    } catch (error) {
      this.setData({ problem: wordsOf(error) });
    }
    this.setData({ sending: false });
  },

  /** The catalogue knows no freight, and a price may have changed: the shop tells the whole, and the buyer agrees or not. */
  async place(request) {
    const { shop } = getApp();
    try {
      return await shop.placeOrder(request);
    } catch (error) {
      if (error.code !== "price_changed") throw error;
      const { totalFen } = error.problem;
      const isAgreed = await ask(`含运费共 ¥${yuan(totalFen)}，确认下单吗？`);
      return isAgreed ? shop.placeOrder({ ...request, expectedTotalFen: totalFen }) : null;
    }
  },

  goOn({ orderNo }) {
    return wx.redirectTo({ url: `/pages/order/order?orderNo=${orderNo}&pay=1` });
  },

  tellTotal() {
    this.setData({ total: yuan(this.goodsFen()) });
  },

  goodsFen() {
    const { variants, sku, quantity } = this.data;
    const variant = variants.find((one) => one.sku === sku);
    return variant && quantity > 0 ? variant.priceFen * quantity : 0;
  },
});

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
