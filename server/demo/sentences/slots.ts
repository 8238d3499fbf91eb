/**
 * Words that fill the slots of the demo sentences. A template may hold
 *   {name}        a slot filled from this file, the same value wherever it stands in one text
 *   [one|two|]    a choice written in place; an empty alternative is allowed
 * Nothing here is a person's name, a telephone number or an identity number.
 */
import { between, pick, type Random } from '../random.ts';

export interface Template {
  zh: string;
  by?: 'worker' | 'officer';
}

/** What is said once a need is told: always of the same matter as the need itself. */
export interface Lines {
  progress: string[];
  handled: string[];
  /** What the person says afterwards; an officer may put it otherwise than a worker. */
  solved: Template[];
  notSolved: Template[];
  /** What an operator can answer while the caller waits, where the matter is a question. */
  answer?: string[];
}

/** One matter people ask about: how they ask, and what is said about it later. */
export interface Topic extends Lines {
  request: Template[];
}

/** The topics of one category, by name. */
export type Sentences = Record<string, Topic>;

export interface Place {
  kind: 'construction' | 'plant';
  zh: string;
}

export const both = (...texts: string[]): Template[] => texts.map((zh) => ({ zh }));
export const worker = (...texts: string[]): Template[] => texts.map((zh) => ({ zh, by: 'worker' }));
export const officer = (...texts: string[]): Template[] => texts.map((zh) => ({ zh, by: 'officer' }));

interface Profile {
  places: string[];
  rooms: string[];
  work: string[];
  crews: string[];
  trades: string[];
  materials: string[];
  machines: string[];
}

const cabins = ['板房区', '3号板房', '板房二排', '工人生活区', '宿舍B区', '板房东头那排', '2号宿舍楼二楼', '民工宿舍'];
const dormitories = ['值班宿舍', '倒班楼', '倒班楼三楼', '备勤房', '驻场宿舍', '综合楼二楼宿舍', '职工宿舍'];

const profiles: Record<string, Profile> = {
  shield: {
    places: ['食堂', '门岗', '盾构井口', '项目部', '1号门', '砂浆站', '管片堆场', '生活区入口', '洞口值班室'],
    rooms: cabins,
    work: ['盾构井口', '掌子面', '始发井', '隧道里', '二衬台车那边', '井下', '联络通道'],
    crews: ['盾构班', '管片班', '开挖班', '二衬班', '电工班', '注浆班', '门吊班'],
    trades: ['管片工', '盾构司机', '电焊工', '喷锚工', '电工'],
    materials: ['管片', '水泥', '钢筋', '盾构油脂', '防水板'],
    machines: ['盾构机', '门吊', '电瓶车', '配电箱', '通风机'],
  },
  tunnel: {
    places: ['食堂', '门岗', '洞口', '项目部', '1号门', '空压机房', '渣场', '生活区入口', '洞口值班室'],
    rooms: cabins,
    work: ['洞口', '掌子面', '仰拱段', '隧道里', '二衬台车那边', '支洞', '横通道'],
    crews: ['开挖班', '支护班', '二衬班', '出渣班', '电工班', '注浆班', '测量组'],
    trades: ['支护工', '凿岩台车司机', '电焊工', '喷锚工', '电工'],
    materials: ['锚杆', '水泥', '钢筋', '速凝剂', '防水板'],
    machines: ['湿喷机', '衬砌台车', '出渣车', '配电箱', '通风机'],
  },
  road: {
    places: ['食堂', '门岗', '钢筋加工棚', '项目部', '2号门', '拌和站', '工区大门', '生活区入口', '材料库'],
    rooms: cabins,
    work: ['12号墩', '西侧工区', '桩基那边', '路基段', '箱梁现浇段', '北侧便道', '架梁现场'],
    crews: ['钢筋班', '木工班', '桩基班', '架梁班', '路基班', '混凝土班', '测量组'],
    trades: ['钢筋工', '木工', '焊工', '压路机手', '信号工'],
    materials: ['钢筋', '商混', '钢绞线', '水泥', '沥青'],
    machines: ['架桥机', '汽车吊', '龙门吊', '配电箱', '压路机'],
  },
  bridge: {
    places: ['食堂', '门岗', '栈桥口', '项目部', '1号码头', '塔吊下面', '钢筋加工棚', '生活区入口', '拌和站'],
    rooms: cabins,
    work: ['主塔', '栈桥', '5号墩平台', '水上平台', '承台那边', '梁面'],
    crews: ['主塔班', '水上班组', '钢筋班', '焊工班', '架梁班', '塔吊班', '测量组'],
    trades: ['钢筋工', '起重工', '焊工', '塔吊司机', '架子工'],
    materials: ['钢筋', '钢绞线', '商混', '钢板', '支座'],
    machines: ['塔吊', '架桥机', '浮吊', '配电箱', '施工电梯'],
  },
  building: {
    places: ['食堂', '门岗', '3号楼', '项目部', '西大门', '地库入口', '生活区入口', '木工棚', '样板间旁边'],
    rooms: cabins,
    work: ['3号楼', '5号楼八层', '地下室', '7号楼屋面', '外架', '2号楼二次结构'],
    crews: ['木工班', '钢筋班', '泥瓦班', '架子工班', '水电班', '抹灰班', '混凝土班'],
    trades: ['木工', '钢筋工', '抹灰工', '架子工', '塔吊司机'],
    materials: ['钢筋', '商混', '砌块', '模板', '水泥'],
    machines: ['塔吊', '施工升降机', '吊篮', '配电箱', '物料提升机'],
  },
  works: {
    places: ['食堂', '门岗', '基坑边', '项目部', '东大门', '材料堆场', '生活区入口', '钢筋棚', '新建池体旁'],
    rooms: cabins,
    work: ['基坑', '二沉池工地', '顶管井', '池体那边', '管沟段', '设备安装间'],
    crews: ['钢筋班', '木工班', '顶管班', '安装班', '管道班', '焊工班', '防水班'],
    trades: ['钢筋工', '管道工', '焊工', '防水工', '起重工'],
    materials: ['钢筋', '球墨管', '商混', '防水卷材', '阀门'],
    machines: ['汽车吊', '顶管机', '发电机', '配电箱', '塔吊'],
  },
  water: {
    places: ['食堂', '门岗', '中控室', '加药间', '泵房', '化验室', '值班楼', '配电间', '脱水机房'],
    rooms: dormitories,
    work: ['泵房', '加药间', '脱水机房', '沉淀池', '中控室', '鼓风机房', '格栅间'],
    crews: ['运行三班', '运行一班', '检修班', '化验班', '加药班', '机电班', '抢修队'],
    trades: ['化验员', '中控员', '检修电工', '加药工', '水泵工'],
    materials: ['次氯酸钠', '聚合氯化铝', '液氧', '石灰', '柴油'],
    machines: ['水泵', '鼓风机', '加药泵', '行车', '配电柜'],
  },
  upkeep: {
    places: ['食堂', '门岗', '监控室', '车库', '值班室', '物资间', '养护基地大院', '收费亭那边', '应急车位'],
    rooms: dormitories,
    work: ['巡查点', '桥面', '高架段', '收费道口', '应急点', '隧道口', '夜间作业点'],
    crews: ['养护一班', '养护三班', '巡查班', '抢险队', '监控班', '收费班', '机械班'],
    trades: ['巡查员', '机械司机', '电工', '收费员', '监控员'],
    materials: ['冷补料', '沥青', '柴油', '伸缩缝材料', '防撞桶'],
    machines: ['登高车', '发电机', '摊铺机', '清扫车', '配电柜'],
  },
  waste: {
    places: ['食堂', '门岗', '卸料大厅', '中控室', '地磅房', '车队停车场', '码头值班室', '洗车台', '检修间'],
    rooms: dormitories,
    work: ['卸料大厅', '焚烧线', '压缩车间', '码头吊机', '渗滤液站', '转运车队', '地磅房'],
    crews: ['运行二班', '转运班', '检修班', '装卸班', '车队', '吊机班', '环卫班'],
    trades: ['转运司机', '中控员', '吊机工', '检修工', '化验员'],
    materials: ['活性炭', '石灰', '尿素', '柴油', '螯合剂'],
    machines: ['行车', '压缩机', '码头吊机', '引风机', '配电柜'],
  },
  factory: {
    places: ['食堂', '门岗', '1号车间', '堆场', '拌和楼', '蒸养棚', '试验室', '办公楼', '北门'],
    rooms: dormitories,
    work: ['1号车间', '蒸养棚', '堆场', '拌和楼', '龙门吊', '钢筋笼胎架'],
    crews: ['模具班', '钢筋笼班', '龙门吊班', '焊工班', '试验组', '装卸班'],
    trades: ['焊工', '龙门吊司机', '模具工', '试验员', '叉车工'],
    materials: ['钢筋', '水泥', '砂石', '外加剂', '钢板'],
    machines: ['龙门吊', '拌和机', '叉车', '蒸养锅炉', '配电柜'],
  },
  service: {
    places: ['食堂', '前台', '门岗', '设备间', '值班室', '大堂', '仓库', '后勤楼', '服务大厅'],
    rooms: dormitories,
    work: ['服务大厅', '设备间', '值班岗', '客服台', '巡楼岗', '配电房'],
    crews: ['物业班', '维修班', '保洁班', '保安队', '值班组', '工程组'],
    trades: ['电工', '水暖工', '保洁员', '保安员', '电梯工'],
    materials: ['维修配件', '保洁用品', '管材', '柴油', '灯具'],
    machines: ['电梯', '配电柜', '消防泵', '生活水泵', '锅炉'],
  },
};

const anywhere: Profile = {
  places: ['食堂', '门岗', '生活区', '值班室', '大门口', '仓库'],
  rooms: ['宿舍', '生活区', '宿舍二楼', '休息间'],
  work: ['作业点', '班组', '现场'],
  crews: ['班组', '夜班', '白班', '检修班'],
  trades: ['电工', '焊工', '检修工'],
  materials: ['材料', '配件', '柴油'],
  machines: ['配电箱', '吊机', '水泵'],
};

/** Words that belong to a building site and sound wrong at a plant, and the other way round. */
const siteWords =
  /板房|工地|分包|劳务|包工头|民工|塔吊|盾构|钢筋|浇筑|脚手架|架子工|吊篮|基坑|掌子面|商混|混凝土|罐车|渣土|坍落度|标段|水泥|木工|泥瓦|抹灰|管片|挖机|监理|项目部|沥青|砂石|拌料|滞港|外架|坑边|白名单/;
const plantWords = /中控室|化验员|水样|靠泊|接医废|卸料|厂区/;

/** Does a finished text suit this place? A yard that makes segments or steel speaks both ways. */
export function suits(text: string, place: Place | null): boolean {
  if (!place || profileNameOf(place) === 'factory') return true;
  return !(place.kind === 'plant' ? siteWords : plantWords).test(text.replaceAll(place.zh, ''));
}

function profileOf(place: Place | null): Profile {
  return (place && profiles[profileNameOf(place)]) || anywhere;
}

function profileNameOf(place: Place): string {
  const zh = place.zh;
  let name: string;
  if (place.kind === 'construction') {
    if (/盾构/.test(zh)) name = 'shield';
    else if (/隧道|隧洞|地下通道/.test(zh)) name = 'tunnel';
    else if (/跨江大桥|海堤桥/.test(zh)) name = 'bridge';
    else if (/水|管|池|泵|阀门|雨|能源|固废|库区|中转站/.test(zh)) name = 'works';
    else if (/高速|快速路|人行桥|大道|立交|互通|接线|公路|拓宽|高架/.test(zh)) name = 'road';
    else name = 'building';
  } else if (/预制|钢结构|拌和|集装箱/.test(zh)) name = 'factory';
  else if (/养护|大桥|隧道|路网|收费|抢险/.test(zh)) name = 'upkeep';
  else if (/能源|垃圾|填埋|渗滤|危废|医废|码头|船队|车队/.test(zh)) name = 'waste';
  else if (/水|泵|调蓄|污泥|抢修|防汛/.test(zh)) name = 'water';
  else name = 'service';
  return name;
}

const numerals = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** A small count as it is spoken before a measure word: 两, 三 … 十二. */
function spoken(n: number): string {
  return numerals[n] ?? String(n);
}

function partOfDay(hour: number): string {
  if (hour < 5) return '凌晨';
  if (hour < 9) return '早上';
  if (hour < 12) return '上午';
  if (hour < 13) return '中午';
  if (hour < 18) return '下午';
  return hour < 23 ? '晚上' : '夜里';
}

const twelveHour = (hour: number): number => (hour === 0 ? 12 : hour > 12 ? hour - 12 : hour);

function clockWord(hour: number, random: Random): string {
  const twelve = twelveHour(hour);
  const figure = random() < 0.3 ? String(twelve) : spoken(twelve);
  return `${partOfDay(hour)}${figure}点${pick(['', '', '半', '多', '左右'], random)}`;
}

/** Hour of the day in Shanghai, which has kept UTC+8 all year since 1992. */
function shanghaiHour(at: Date): number {
  return (at.getUTCHours() + 8) % 24;
}

function pastHour(at: Date | null, random: Random): string {
  if (!at) return clockWord(between(7, 21, random), random);
  const now = shanghaiHour(at);
  const hour = now - between(1, 5, random);
  return hour < 0 ? `昨天${clockWord(hour + 24, random)}` : clockWord(hour, random);
}

/** The hour it is, as somebody writes it who has just done a thing. */
function justNow(at: Date | null, random: Random): string {
  if (!at) return clockWord(between(7, 21, random), random);
  const hour = shanghaiHour(at);
  const minutes = at.getUTCMinutes();
  return `${partOfDay(hour)}${spoken(twelveHour(hour))}点${minutes < 20 ? '' : minutes < 40 ? '半' : '多'}`;
}

/** The next part of the day in which something can still be done. */
function nextPart(at: Date | null, random: Random): string {
  const hour = at ? shanghaiHour(at) : between(7, 20, random);
  if (hour < 6) return '天亮后';
  if (hour < 11) return '今天上午';
  if (hour < 16) return '今天下午';
  if (hour < 20) return '今晚';
  return '明天一早';
}

function mealWord(at: Date | null, random: Random): string {
  const hour = at ? shanghaiHour(at) : between(7, 20, random);
  if (hour < 5 || hour >= 22) return '夜班餐';
  if (hour < 10) return pick(['早饭', '早餐'], random);
  if (hour < 16) return pick(['午饭', '中饭', '中午的盒饭', '午餐'], random);
  return pick(['晚饭', '晚餐', '晚上的盒饭'], random);
}

function dueWord(at: Date | null, random: Random): string {
  const hour = at ? shanghaiHour(at) : between(7, 20, random);
  if (hour < 10) return pick(['中午前', '今天下班前', '下午两点前', '今天之内'], random);
  if (hour < 17) return pick(['今晚夜班前', '晚饭前', '明天一早', '今晚八点前'], random);
  return pick(['明早七点前', '明天早班前', '明天中午前', '天亮前'], random);
}

const people = ['师傅', '工友', '同事'];

/** Spoken tens for minutes and hours. */
const tens = ['二十', '三十', '四十', '五十'];

/**
 * Fills slots for one place and moment; a slot keeps its value as long as `known` is handed on, so that what is said
 * later names the same room, crew and count.
 */
export function filler(
  place: Place | null,
  at: Date | null,
  random: Random,
  known = new Map<string, string>(),
): (template: string) => string {
  const profile = profileOf(place);
  const make: Record<string, () => string> = {
    site: () => place?.zh ?? '现场',
    place: () => pick(profile.places, random),
    room: () => pick(profile.rooms, random),
    work: () => pick(profile.work, random),
    crew: () => pick(profile.crews, random),
    trade: () => pick(profile.trades, random),
    material: () => pick(profile.materials, random),
    machine: () => pick(profile.machines, random),
    who: () => pick(people, random),
    hour: () => pastHour(at, random),
    just: () => justNow(at, random),
    next: () => nextPart(at, random),
    meal: () => mealWord(at, random),
    due: () => dueWord(at, random),
    days: () => pick(['两天', '三天', '四天', '四五天', '快一个星期', '两三天'], random),
    n: () => spoken(between(2, 9, random)),
    tens: () => pick(tens, random),
    m: () => spoken(between(2, 12, random)),
    box: () => String(between(2, 30, random)),
    people: () =>
      place?.kind === 'construction'
        ? pick([String(between(11, 68, random)), '二十多', '三十几', '四十来'], random)
        : pick([String(between(9, 26, random)), '十来', '十几', '二十多'], random),
    many: () => String(place?.kind === 'construction' ? between(6, 30, random) * 10 : between(3, 12, random) * 10),
    stay: () => String(between(9, 46, random)),
    temp: () => `${between(37, 38, random)}.${between(3, 9, random)}`,
    km: () => String(between(12, 60, random)),
  };
  const value = (name: string): string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const maker = make[name];
    if (!maker) throw new Error(`Unknown slot {${name}}`);
    const made = maker();
    known.set(name, made);
    return made;
  };
  return (template) =>
    template
      .replace(/\[([^[\]]*)\]/g, (_, options: string) => pick(options.split('|'), random))
      .replace(/\{(\w+)\}/g, (_, name: string) => value(name))
      .replace(/第两/g, '第二');
}
