/** Three hot topics planted for the demo: many people at one place say the same thing in their own words. */
import { pick, type Random } from '../random.ts';
import { storyOf, type Told, topicOf } from './compose.ts';
import { both, filler, type Lines, officer, type Place, type Template, worker } from './slots.ts';

export interface HotTopic {
  code: string;
  category: string;
  sites: string[];
  /** Days counted from the day the group enters closed loop. */
  fromDay: number;
  toDay: number;
  templates: Template[];
  /** What is said about it later. */
  lines: Lines;
}

export const hotTopics: HotTopic[] = [
  {
    code: 'HT1',
    category: 'A03',
    sites: ['U04-05'],
    fromDay: 16,
    toDay: 18,
    templates: [
      ...both(
        '板房区{hour}又停电了，屋里黑漆漆的，手机也没法充',
        '生活区跳闸，合上不到十分钟又跳，一晚上停了{n}回',
        '板房断电，空调风扇全停，屋里闷得像蒸笼',
        '{hour}停的电到现在没来，问了电工说在查线路',
        '宿舍没电，热水器不能用，下班回来洗不了澡',
        '板房这边电压不稳，灯一闪一闪，充电器都烧了{n}个',
      ),
      ...worker(
        '我们板房二排没电一天了，隔壁一排有，为什么就我们没有',
        '又没电了，夜班白天睡觉热得躺不住，汗把褥子都浸透了',
        '摸黑上下铺，{who}昨晚踩空崴了脚，到底什么时候来电',
        '宿舍停电连着[两天|三天]了，手机没电跟家里都联系不上',
        '没电没灯，厕所也黑，晚上不敢去，给发个手电也行啊',
        '总闸老跳，说是有人用电炉，可我们屋什么都没插也跟着停',
      ),
      ...officer(
        '板房区配电箱{hour}起反复跳闸，影响[十几|二十多|三十几]间宿舍，请派电工排查',
        '生活区变压器容量不够，晚高峰必跳，请调一台发电机应急',
        '停电已影响{many}人住宿，急需应急照明和充电套件{box}套',
      ),
    ],
    lines: {
      progress: [
        '电工到场，正在一间一间甩负荷查哪里漏电。',
        '总箱温度高，先分两路送电，发电车在路上。',
        '查到一间私接大功率，已断开，线径也确实不够，电缆在调。',
      ],
      handled: [
        '总箱到板房的电缆换粗，空开换大，分成两路，连看两个晚高峰没再跳。',
        '变压器增容前先接发电车，晚上六点到十二点供板房，每间发应急灯一盏。',
        '漏电的一路换线，各间加装限流，{just}全部来电，热水器和空调试过。',
      ],
      solved: both('来电了，这两晚没再跳。', '灯亮空调也转了，能睡着了。'),
      notSolved: both('昨晚八点又跳，合上不到十分钟。', '前排有电，我们后排还是黑的。', '发电车就来了一晚。'),
    },
  },
  {
    code: 'HT2',
    category: 'A01',
    sites: ['U06-03'],
    fromDay: 5,
    toDay: 9,
    templates: [
      ...both(
        '{meal}又是凉的，放在大门口四十分钟没人送进来',
        '送餐车只到大门，主塔的人下来拿，饭早冷透了',
        '栈桥这边的{meal}到手都是冷的，菜上一层白油',
        '饭在门口晾着，风一吹全凉，吃了几个人胃疼',
        '这条线的饭天天晚半个钟头，拿到都不热了',
        '盒饭冷得发硬，能不能让车开到栈桥口再卸',
      ),
      ...worker(
        '我们主塔班{meal}又吃了冷饭，连着[两天|三天]了',
        '干了一上午活，端上来一盒冰饭，谁吃得下',
        '下来拿饭再爬上去要二十多分钟，热的也成凉的了',
        '江风大，饭盒一开就凉，能不能给个保温箱提上来',
        '门口堆着一摞饭没人管，我去拿的时候盖子都被风掀了',
        '同一个食堂，项目部的饭是热的，我们作业面的是冷的',
      ),
      ...officer(
        '配餐线路把{meal}卸在大门就走，水上班组{people}人吃冷饭，请改卸货点',
        '保温箱没有随车，到栈桥口实测只有三十多度，请配餐公司整改',
        '本周第三次冷餐反映，请把终点由大门改到栈桥口，班组派人接',
      ),
    ],
    lines: topicOf('A01', 'cold'),
  },
  {
    code: 'HT3',
    category: 'F02',
    sites: ['U04-01', 'U04-03', 'U04-04', 'U04-06', 'U04-07', 'U04-08'],
    fromDay: 49,
    toDay: 52,
    templates: [
      ...both(
        '罐车通行证到期了，{n}台车停在检查站进不来',
        '月底通行证全部失效，续证的还没批，车都趴着',
        '水泥车的证今天过期，司机被劝返，料断了',
        '检查站说证件过了日子，扫不出来，一辆也不放',
        '新证不知道去哪换，旧证今天零点就作废了',
        '沥青车等证等了{n}个钟头，料都凉在车里了',
      ),
      ...worker(
        '我开罐车的，证到期了停在路边，混凝土在罐里快凝了',
        '跑材料的证昨天失效，今天一趟没跑成，误工费谁给',
        '到检查站才知道证过期，来回白跑{km}公里，也没人提前说一声',
        '我们{crew}等料等到现在，说是车证到期进不来，今天又白等',
      ),
      ...officer(
        '{n}辆材料车通行证同日到期，请集中续办，{due}要浇筑',
        '续证申请交了{days}没批，现有证件今天全部失效，请协调临时放行',
        '渣土车、罐车证件到期共{box}张，续办窗口说要重新备案，请综合办对接',
        '材料运输证今晚零点失效，明早架梁料进不来，请按急件处理',
      ),
    ],
    lines: topicOf('F02', 'expiring'),
  },
];

/** What is becoming hot just now: no part of the planted truth, it is there so that today's page has something to do. */
export const risingTopic: Omit<HotTopic, 'fromDay' | 'toDay'> = {
  code: 'HT4',
  category: 'A02',
  sites: ['U06-01'],
  templates: [
    ...both(
      '生活区从{hour}停水，到现在一滴没有',
      '{room}没水，厕所冲不了，味道都出来了',
      '水龙头拧开没水，{crew}下班洗不了脸',
      '又停水了，说是泵坏了，什么时候能来',
      '{room}断水，做饭刷碗都没法弄',
    ),
    ...worker(
      '没水用，{who}拿矿泉水刷牙，到底修不修',
      '早上停的水到现在没来，厕所没法进人',
      '我们{room}一天没水了，楼下还有一点点',
      '洗澡洗到一半断水，满身泡沫站了半天',
      '热水冷水都没有，停水也没人通知一声',
    ),
    ...officer('生活区供水中断，影响{many}人，请派水工抢修并先送桶装水'),
  ],
  lines: topicOf('A02', 'outage'),
};

export function composeHotTopic(
  topic: Pick<HotTopic, 'templates' | 'category' | 'lines'>,
  by: 'worker' | 'officer',
  site: Place,
  at: Date,
  random: Random,
): Told {
  const values = new Map<string, string>();
  const fill = filler(site, at, random, values);
  const body = fill(
    pick(
      topic.templates.filter((t) => !t.by || t.by === by),
      random,
    ).zh,
  );
  const dice = random();
  let text = `${body}。`;
  if (by === 'worker' && dice < 0.35) text = body;
  else if (dice > 0.9) text = `${body}，麻烦尽快处理。`;
  return { text, story: storyOf(topic.category, by, site, topic.lines, random, values) };
}
