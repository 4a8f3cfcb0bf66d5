import type { ProductKind } from "@/lib/db/schema/catalog";

export type DemoVariant = {
  sku: string;
  title: string;
  priceFen: number;
  onHand: number;
  /** What it is delivered as right after payment: a text, or one of so many codes. */
  content?: { text: string } | { codes: number };
};

type DemoProduct = {
  slug: string;
  title: string;
  kind: ProductKind;
  description: string;
  /** The slug of one of `demoCategories`. */
  category: string;
  images: string[];
  variants: DemoVariant[];
};

/** The shelves of the demo shop, in the order in which buyers see them. */
export const demoCategories = [
  { slug: "tea", title: "茶与茶器" },
  { slug: "stationery", title: "文房纸笔" },
  { slug: "online", title: "线上课程" },
];

/** A small believable shop, oldest first: sent goods and goods delivered online, one nearly sold out, one for a fen. */
export const demoProducts: DemoProduct[] = [
  {
    slug: "one-fen",
    title: "一分钱体验",
    kind: "virtual",
    description: "花一分钱，走完从下单到收款的全过程。",
    category: "online",
    images: ["/pictures/ebook.svg"],
    variants: [
      {
        sku: "TRY-1",
        title: "",
        priceFen: 1,
        onHand: 100_000,
        content: { text: "谢谢体验！付款、到账、自动交付，您刚刚都走了一遍。" },
      },
    ],
  },
  {
    slug: "brush-set",
    title: "湖笔三支装",
    kind: "physical",
    description: "大、中、小楷各一支，羊毫兼毫，附竹制笔帘。",
    category: "stationery",
    images: ["/pictures/brush.svg"],
    variants: [{ sku: "BRUSH-3", title: "", priceFen: 12_800, onHand: 2 }],
  },
  {
    slug: "calligraphy-course",
    title: "楷书入门十二讲",
    kind: "virtual",
    description: "十二节视频课，配字帖电子版，付款后立即收到兑换码。",
    category: "online",
    images: ["/pictures/course.svg"],
    variants: [
      {
        sku: "COURSE-12",
        title: "",
        priceFen: 19_900,
        onHand: 10_000,
        content: { codes: 100 },
      },
    ],
  },
  {
    slug: "thread-bound-notebook",
    title: "线装笔记本",
    kind: "physical",
    description: "宣纸内页，手工线装，96 页。",
    category: "stationery",
    images: ["/pictures/notebook.svg"],
    variants: [
      { sku: "NOTE-A5", title: "A5", priceFen: 3800, onHand: 200 },
      { sku: "NOTE-A6", title: "A6", priceFen: 2800, onHand: 150 },
    ],
  },
  {
    slug: "celadon-bowl",
    title: "青瓷茶碗",
    kind: "physical",
    description: "龙泉青瓷，口径 9.5 厘米，单只礼盒装。",
    category: "tea",
    images: ["/pictures/bowl.svg"],
    variants: [
      { sku: "BOWL-PLUM", title: "梅子青", priceFen: 8800, onHand: 36 },
      { sku: "BOWL-POWDER", title: "粉青", priceFen: 9600, onHand: 24 },
    ],
  },
  {
    slug: "spring-tea",
    title: "明前龙井",
    kind: "physical",
    description: "狮峰山核心产区，清明前采摘，密封罐装。",
    category: "tea",
    images: ["/pictures/tea.svg"],
    variants: [
      { sku: "TEA-50", title: "50 克", priceFen: 6800, onHand: 100 },
      { sku: "TEA-125", title: "125 克", priceFen: 15_800, onHand: 60 },
      { sku: "TEA-250", title: "250 克", priceFen: 29_800, onHand: 30 },
    ],
  },
];
