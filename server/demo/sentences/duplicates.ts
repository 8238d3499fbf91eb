/** Planted duplicates: one need told twice in other words. Both texts of a pair take the same slot values. */
import { pick, type Random } from '../random.ts';
import { storyOf, type Told, topicOf } from './compose.ts';
import { filler, type Place } from './slots.ts';

export interface DuplicatePair {
  category: string;
  /** What it is about, so that what is said later fits. */
  topic: string;
  original: string;
  reworded: string;
}

/** Two pairs for each of twenty categories; none of a health, personal or sealed record class. */
export const duplicatePairs: DuplicatePair[] = [
  {
    category: 'A01',
    topic: 'cold',
    original: '{meal}送到{place}就不管了，等拿到{work}已经凉透，能不能直接送到点上？',
    reworded: '送餐的把饭撂在{place}就走，我们{work}的人吃到嘴里都是冷的，请送到作业的地方。',
  },
  {
    category: 'A01',
    topic: 'short',
    original: '{crew}今天少了{n}份{meal}，有人到现在还饿着。',
    reworded: '{meal}数量不对，{crew}差{n}个人的，请赶紧补上。',
  },
  {
    category: 'A02',
    topic: 'outage',
    original: '{room}从{hour}停水到现在，洗脸冲厕所都没水。',
    reworded: '{hour}开始{room}就没水了，厕所没法冲，脸也洗不了，什么时候能来水？',
  },
  {
    category: 'A02',
    topic: 'hot',
    original: '{room}的热水器坏了{days}，打不到开水。',
    reworded: '开水{days}没供应了，{room}那台热水器不工作，请派人修。',
  },
  {
    category: 'A03',
    topic: 'nobed',
    original: '{crew}新来的{n}个人没有床，一直打地铺。',
    reworded: '刚进场的{n}名{crew}工人还睡在地上，请尽快给安排床位。',
  },
  {
    category: 'A03',
    topic: 'leak',
    original: '{room}屋顶漏雨，被子全湿了，晚上没法睡。',
    reworded: '一下雨{room}就往床上滴水，被褥都湿透了，得换个地方住。',
  },
  {
    category: 'A04',
    topic: 'toilet',
    original: '{room}的厕所堵了{days}，脏水都漫出来了，没人来通。',
    reworded: '厕所下水道不通，{room}这边污水返上来{days}了，味道熏得受不了。',
  },
  {
    category: 'A04',
    topic: 'nohot',
    original: '浴室热水放不到半小时就没了，{crew}后下班的洗不上。',
    reworded: '{crew}下班晚，轮到洗澡只剩凉水，能不能多烧点热水？',
  },
  {
    category: 'A05',
    topic: 'toiletries',
    original: '驻场第{stay}天，牙膏洗衣粉都用完了，小卖部也没货。',
    reworded: '小卖部断货，我们住了{stay}天，刷牙洗衣服的东西一样不剩，能代买吗？',
  },
  {
    category: 'A05',
    topic: 'clothes',
    original: '{crew}来的时候只带了薄衣服，这两天冷得厉害，想要几件厚外套。',
    reworded: '降温了，{crew}的人都没有御寒的衣服，请帮忙统一买些棉衣。',
  },
  {
    category: 'B01',
    topic: 'n95',
    original: '{crew}的N95只够今晚用，{due}要补{box}盒。',
    reworded: 'N95快发完了，{crew}撑不过今天夜里，请在{due}送{box}盒来。',
  },
  {
    category: 'B01',
    topic: 'size',
    original: '发下来的防护服全是小号，{crew}一半人穿不进去。',
    reworded: '{crew}领的防护服尺码偏小，好多人套不上，请换大号。',
  },
  {
    category: 'B02',
    topic: 'short',
    original: '明天全员抗原，试剂还差{many}人份，{due}要到。',
    reworded: '抗原检测盒不够，明早测不全，缺{many}份，麻烦{due}补来。',
  },
  {
    category: 'B02',
    topic: 'bad',
    original: '昨天发的抗原有{n}支不出线，测不出来，要补发。',
    reworded: '{n}个人的抗原测完是白板，像是试剂坏了，请另给新的。',
  },
  {
    category: 'B03',
    topic: 'liquid',
    original: '84消毒液见底了，{place}今天没法消杀。',
    reworded: '{place}要消毒，可84一滴不剩，请送几桶过来。',
  },
  {
    category: 'B03',
    topic: 'sprayer',
    original: '{n}台喷雾器坏了，{crew}只能拿抹布擦，消杀做不完。',
    reworded: '消杀的喷壶坏掉{n}个，{crew}用手擦根本忙不过来，请换新的。',
  },
  {
    category: 'B04',
    topic: 'masks',
    original: '口罩库存为零，{crew}夜班{people}人没得戴，{due}必须到。',
    reworded: '仓库一只口罩都没有了，今晚{crew}{people}个人上不了岗，请紧急送来。',
  },
  {
    category: 'B04',
    topic: 'suits',
    original: '防护服只剩{n}套，今晚这一班根本不够，请紧急调货。',
    reworded: '告急，防护服数来数去就{n}套，夜里上岗的人穿不全，马上要补。',
  },
  {
    category: 'B05',
    topic: 'masks',
    original: '这箱口罩挂耳一拉就断，{crew}领的都这样。',
    reworded: '{crew}的口罩质量太差，带子轻轻一扯就掉，请整箱换掉。',
  },
  {
    category: 'B05',
    topic: 'veg',
    original: '送来的蔬菜烂了一半，食堂说没法做，共{box}箱。',
    reworded: '{box}箱菜打开又臭又出水，一大半不能吃，请供应商来换。',
  },
  {
    category: 'E01',
    topic: 'notices',
    original: '新进场的人要静止几天，两张通知说法不一样，听哪张？',
    reworded: '刚来的工友到底要单独住多少天？门口贴的通知自相矛盾，请给个准话。',
  },
  {
    category: 'E01',
    topic: 'driver',
    original: '外面送货的司机能不能进门，还是只能在{place}交接？',
    reworded: '货车到了，请问司机可以开进来吗，还是一律在{place}卸？',
  },
  {
    category: 'E03',
    topic: 'skip',
    original: '{place}说一天消两次，{days}没见人来消。',
    reworded: '消杀的人{days}没露面了，{place}说好的每天两遍一次没做。',
  },
  {
    category: 'E03',
    topic: 'medical',
    original: '医废黄袋堆在{place}好几天没人收，旁边就是开水房。',
    reworded: '{place}的黄色垃圾袋一直没拉走，挨着打水的地方，大家都害怕。',
  },
  {
    category: 'E04',
    topic: 'crowd',
    original: '{room}一间挤十个人，窗户打不开，晚上闷得睡不着。',
    reworded: '我们{room}人太多，十张铺一个屋，又不能开窗，夜里透不过气。',
  },
  {
    category: 'E04',
    topic: 'fan',
    original: '{room}排风扇坏了{days}，墙上都长霉了。',
    reworded: '墙角发霉，屋里全是潮气，{room}的风扇{days}不转了，请修。',
  },
  {
    category: 'E05',
    topic: 'fence',
    original: '围挡被车撞开{n}米，晚上没人看，有人钻进来。',
    reworded: '外墙挡板缺了一段，大概{n}米，夜里外人能进，请赶快封上。',
  },
  {
    category: 'E05',
    topic: 'thermo',
    original: '门岗测温仪坏了{days}，忽高忽低测不准。',
    reworded: '进门量体温的机器{days}来一会儿高一会儿低，没法用，请换一台。',
  },
  {
    category: 'F01',
    topic: 'papers',
    original: '返岗要交哪些材料、提前几天报，没人说清楚。',
    reworded: '想回来上班，不知道准备什么手续、多早申请，请告诉流程。',
  },
  {
    category: 'F01',
    topic: 'list',
    original: '第二批返岗名单里没有我们{crew}，少了{n}个人。',
    reworded: '{crew}有{n}个报了名的没在返岗名册上，请核对一下第二批。',
  },
  {
    category: 'F02',
    topic: 'expiring',
    original: '材料车的通行证今天到期，还有{n}车在外面进不来。',
    reworded: '{n}台送料的车因为证件失效被拦在检查站，请马上续证。',
  },
  {
    category: 'F02',
    topic: 'bus',
    original: '夜班班车停了，{crew}{people}个人下班要走路回去。',
    reworded: '没有夜里的车，{crew}下了班只能靠两条腿，一共{people}个人，能派车吗？',
  },
  {
    category: 'F03',
    topic: 'workers',
    original: '{crew}缺{trade}{n}个，活堆着干不动。',
    reworded: '还差{n}名{trade}，{crew}的进度卡住了，请从别处调人。',
  },
  {
    category: 'F03',
    topic: 'night',
    original: '夜班{n}个人顶三个岗，连着{days}没歇，请补人。',
    reworded: '人手太紧，晚上就{n}个人轮三处，已经{days}没休息了，求支援。',
  },
  {
    category: 'F04',
    topic: 'road',
    original: '{material}卡在高速口{days}了，{crew}停工等料。',
    reworded: '运{material}的车{days}下不了高速，{crew}没东西干活，请协调放行。',
  },
  {
    category: 'F04',
    topic: 'road',
    original: '{material}只够用到今天，{due}要送到{work}。',
    reworded: '{work}的{material}快没了，{due}到不了就得停，请催供应商发车。',
  },
  {
    category: 'F05',
    topic: 'machine',
    original: '{machine}停了半个多月没复检就叫开，不敢用。',
    reworded: '放了这么久的{machine}没人检查过就让上，怕出事，请先做检验。',
  },
  {
    category: 'F05',
    topic: 'light',
    original: '{work}的照明坏了{n}盏，夜里看不见路，差点踩空。',
    reworded: '晚上{work}黑咕隆咚，{n}个灯不亮，走路太危险，请电工来修。',
  },
  {
    category: 'F06',
    topic: 'stuck',
    original: '复工申请报上去{days}了，不知道卡在哪一级。',
    reworded: '开工的材料交了{days}没回音，麻烦查查现在到谁手里了。',
  },
  {
    category: 'F06',
    topic: 'gates',
    original: '防疫闸口过了，安全闸口没消息，{crew}都等着进场。',
    reworded: '两道审核只批了防疫那边，安全的没动静，{crew}的人干等着，请催一下。',
  },
];

/** Both are told of the same place and counts, each by somebody who tells a story of their own. */
export function composeDuplicate(
  pair: DuplicatePair,
  site: Place,
  at: Date,
  random: Random,
): { original: Told; reworded: Told } {
  const values = new Map<string, string>();
  const fill = filler(site, at, random, values);
  const [original, reworded] = [fill(pair.original), fill(pair.reworded)];
  const tell = (text: string): Told => ({
    text,
    story: storyOf(pair.category, 'worker', site, topicOf(pair.category, pair.topic), random, values),
  });
  return { original: tell(original), reworded: tell(reworded) };
}

/** Words people use for the same thing, for texts that no written pair fits. */
const sayings: [string, string][] = [
  ['到现在', '一直'],
  ['没人', '都没有人'],
  ['能不能', '可不可以'],
  ['什么时候', '哪天'],
  ['怎么办', '该找谁'],
  ['坏了', '用不了了'],
  ['不够', '缺得多'],
  ['拿到', '领到'],
  ['宿舍', '住的地方'],
  ['食堂', '饭堂'],
  ['请', '麻烦'],
  ['马上', '赶紧'],
  ['用完了', '一点不剩'],
  ['反映', '说'],
];
const openings = ['跟上次说的是一件事，', '还是那个事，', '我也来说一下，', '同样的情况，', '再说一遍，'];

/**
 * Words an existing request text anew. If it was made from the first half of a pair, the second
 * half is used with the same values; otherwise a few words are exchanged and its clauses turned.
 */
export function reword(text: string, category: string, random: Random): string {
  for (const pair of duplicatePairs) {
    if (pair.category !== category) continue;
    const values = match(pair.original, text);
    if (!values) continue;
    if ([...pair.reworded.matchAll(/\{(\w+)\}/g)].some(([, name]) => !values.has(name ?? ''))) continue;
    return pair.reworded.replace(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '');
  }
  let said = text
    .replace(/[。？！]+$/, '')
    .replace(/^(师傅你好|你好|您好|在吗|急|急件|反映个事|麻烦反映一下|又来反映了)，/, '');
  for (const [one, other] of sayings) if (random() < 0.7) said = said.replace(one, other);
  const clauses = said.split('，');
  if (clauses.length > 2 && random() < 0.5) clauses.push(...clauses.splice(0, 1));
  said = clauses.join('，');
  return `${pick(openings, random)}${said}${/吗|可不可以|能不能|哪天|该找谁|什么/.test(said) ? '？' : '。'}`;
}

function match(template: string, text: string): Map<string, string> | null {
  const names: string[] = [];
  const pattern = template
    .replace(/[。？]$/, '')
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return part;
      names.push(name);
      if (name === 'n') return '(十[一二]?|[两三四五六七八九])';
      if (name === 'people') return '(\\d{1,2}|二十多|三十几|四十来|十来|十几)';
      return '(.{1,12}?)';
    })
    .join('');
  const found = new RegExp(`^${pattern}[。？]?$`).exec(text);
  if (!found) return null;
  const values = new Map<string, string>();
  for (const [i, name] of names.entries()) values.set(name, found[i + 1] ?? '');
  return values;
}
