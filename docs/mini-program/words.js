export const statusWords = {
  pending: "待付款",
  closing: "正在关闭",
  closed: "已关闭",
  paid: "已付款，待发货",
  shipped: "已发货",
  completed: "已完成",
};
