/** The register of risks of the demo world and what nearly happened in it: words only. */
import type { ContingencyPlan } from '../../contract/drills.ts';

export interface DemoRisk {
  key: string;
  /** Code of the node it threatens. */
  node: string;
  zh: string;
  en: string;
  severity: 'red' | 'amber';
  /** Logins. */
  owner: string;
  approver: string;
  /** Days from now to its next drill; null = none is set. */
  drillInDays: number | null;
  /** Null: nobody has written what is done then. */
  plan: ContingencyPlan | null;
}

type Pair = readonly [zh: string, en: string];
const said = ([zh, en]: Pair) => ({ zh, en });
const step = (within: number, what: Pair, who: Pair, what_with: Pair) => ({
  within,
  what: said(what),
  who: said(who),
  with: said(what_with),
});

const officer: Pair = ['工地保障员', 'Site officer'];
const crew: Pair = ['班组长', 'Crew leader'];
const liaison: Pair = ['单位联络员', 'Unit liaison'];

export const contingencies: DemoRisk[] = [
  {
    key: 'fever',
    node: 'TL',
    zh: '工地出现发热人员',
    en: 'Somebody at a site has a fever',
    severity: 'red',
    owner: 'ho-l15',
    approver: 'sup02',
    drillInDays: 20,
    plan: {
      trigger: said(['体温 37.3 ℃ 以上，或同班组两人以上不适', '37.3 °C or more, or two of one crew unwell']),
      steps: [
        step(5, ['戴口罩，带离人群，单独安置', 'Mask on, apart from others, one room'], crew, [
          '隔离房钥匙',
          'Key of the isolation room',
        ]),
        step(10, ['报告保障员和防疫条线', 'Report to the site officer and L15'], crew, ['8150', '8150']),
        step(15, ['急症拨 120，备好送医车辆', 'Ring 120 if it is urgent; vehicle ready'], officer, [
          '值班车',
          'Duty vehicle',
        ]),
        step(30, ['划定同班组范围，原地等候，通报单位', 'Keep the crew where it is; tell the unit'], officer, [
          '实名台账',
          'Register of names',
        ]),
      ],
      ring: said(['防疫条线 8150；急症 120', 'L15 8150; emergencies 120']),
      resources: said(['隔离房 2 间、防护服 10 套、送医路线图', 'Two isolation rooms, ten gowns, map of the route']),
      standDown: said(['疾控排除后，由防疫条线宣布解除', 'L15 calls it off once the authority has ruled it out']),
    },
  },
  {
    key: 'flood',
    node: 'TL',
    zh: '中心仓库进水',
    en: 'The hub warehouse floods',
    severity: 'red',
    owner: 'ho-l10',
    approver: 'sup02',
    drillInDays: 34,
    plan: {
      trigger: said(['门口积水 10 厘米，或接到暴雨红色预警', '10 cm of water at the door, or a red rain warning']),
      steps: [
        step(
          5,
          ['断低处电源，人员先撤到二层', 'Cut power below; people upstairs first'],
          ['仓管员', 'Keeper'],
          ['总闸钥匙', 'Key of the main switch'],
        ),
        step(
          15,
          ['挡水板和沙袋封门', 'Close the doors with boards and sandbags'],
          ['仓管员', 'Keeper'],
          ['沙袋 80 个', '80 sandbags'],
        ),
        step(
          30,
          ['药品和口罩移到货架三层以上', 'Medicine and masks above the third shelf'],
          ['物资条线', 'Supplies line'],
          ['手动叉车 2 台', 'Two hand trucks'],
        ),
      ],
      ring: said(['物资条线 8100；供电抢修 95598', 'Supplies 8100; power company 95598']),
      resources: said(['水泵 2 台、沙袋 80 个', 'Two pumps, 80 sandbags']),
      standDown: said(['积水退尽、电气检测合格', 'Water gone and electrics tested']),
    },
  },
  {
    key: 'staff',
    node: 'U07',
    zh: '取水口值守人员多人感染',
    en: 'Several of the water-intake staff are infected',
    severity: 'red',
    owner: 'liai07',
    approver: 'u07-deputy',
    drillInDays: 4,
    plan: {
      trigger: said(['一个班次两人以上阳性', 'Two or more of one shift test positive']),
      steps: [
        step(
          5,
          ['密闭中控室，换班人员不交叉', 'Close the control room; shifts do not meet'],
          ['值班长', 'Shift head'],
          ['备用通道', 'Second entrance'],
        ),
        step(15, ['启用备班：B 角到岗', 'Call in the reserve shift'], liaison, ['AB 角名单', 'List of backups']),
        step(
          30,
          ['远程巡检接管，核对出水参数', 'Take over by remote; check the outflow'],
          ['技术员', 'Technician'],
          ['远程终端', 'Remote terminal'],
        ),
      ],
      ring: said(['单位值班 8700；防疫条线 8150', 'Unit on duty 8700; L15 8150']),
      resources: said(['备班 8 人、驻厂物资 7 天', 'Reserve shift of 8, seven days of supplies on site']),
      standDown: said(['原班组返岗且连续三天参数正常', 'The shift is back and three days are normal']),
    },
  },
  {
    key: 'waste',
    node: 'TL',
    zh: '医疗废物洒漏',
    en: 'Medical waste is spilt',
    severity: 'red',
    owner: 'ho-l15',
    approver: 'sup02',
    drillInDays: 12,
    plan: {
      trigger: said(['黄袋破损，液体或内容物落地', 'A yellow bag breaks and its contents are on the ground']),
      steps: [
        step(3, ['围出三米，人员退到上风处', 'Keep three metres clear; people upwind'], crew, ['警示带', 'Tape']),
        step(
          10,
          ['防护到位，吸附、双层装袋', 'Protected: absorb, bag twice'],
          ['消杀员', 'Disinfection worker'],
          ['处置包', 'Spill kit'],
        ),
        step(30, ['有效氯 1000 mg/L 消杀 30 分钟，登记', 'Chlorine 1000 mg/L for 30 minutes; record it'], officer, [
          '消杀记录本',
          'Disinfection log',
        ]),
      ],
      ring: said(['防疫条线 8150', 'L15 8150']),
      resources: said(['每处处置包 2 个', 'Two spill kits at each place']),
      standDown: said(['消杀满 30 分钟并通风', 'After 30 minutes of disinfection and airing']),
    },
  },
  {
    key: 'meals',
    node: 'TL',
    zh: '供餐商停供',
    en: 'The meal supplier stops',
    severity: 'red',
    owner: 'ho-l11',
    approver: 'sup02',
    drillInDays: 27,
    plan: {
      trigger: said(['一餐晚到 60 分钟，或供餐商通知停供', 'A meal is an hour late, or the supplier says it stops']),
      steps: [
        step(10, ['清点在场人数和特殊饮食', 'Count people and special diets'], officer, [
          '实名台账',
          'Register of names',
        ]),
        step(
          20,
          ['启用备选供应商，下单', 'Order from the second supplier'],
          ['后勤条线', 'Logistics line'],
          ['框架协议', 'Framework contract'],
        ),
        step(30, ['发放应急自热餐，告知到餐时间', 'Give out ready meals; say when food comes'], officer, [
          '自热餐 1 餐份',
          'One ready meal each',
        ]),
      ],
      ring: said(['后勤条线 8110；备选供应商见协议附页', 'Logistics 8110; second supplier in the contract']),
      resources: said(['应急自热餐每人 3 餐', 'Three ready meals a person']),
      standDown: said(['连续两餐准点到', 'Two meals running on time']),
    },
  },
  {
    key: 'crowding',
    node: 'U09',
    zh: '宿舍拥挤，无房可隔离',
    en: 'Dormitories are full, no room to isolate',
    severity: 'red',
    owner: 'u09-liaison',
    approver: 'u09-deputy',
    drillInDays: null,
    plan: {
      trigger: said(['任一房间超过 6 人，或隔离房用满', 'More than six to a room, or isolation rooms full']),
      steps: [
        step(10, ['清点空床，报单位', 'Count free beds; tell the unit'], officer, ['床位图', 'Bed map']),
        step(20, ['联系相邻工地借床', 'Borrow beds from the next site'], liaison, ['借床清单', 'List of beds']),
        step(30, ['安排转移，逐人登记去向', 'Move people; write down where each went'], officer, ['转运车', 'Vehicle']),
      ],
      ring: said(['后勤条线 8110', 'Logistics 8110']),
      resources: said(['折叠床 40 张', '40 folding beds']),
      standDown: said(['每间不超过 6 人且留出隔离房', 'Six to a room at most and a room kept free']),
    },
  },
  {
    key: 'hotline',
    node: 'TL',
    zh: '热线中断',
    en: 'The hotline is down',
    severity: 'amber',
    owner: 'ho-l05',
    approver: 'sup02',
    drillInDays: 48,
    plan: {
      trigger: said(['8000 连续 5 分钟打不通', '8000 cannot be reached for five minutes']),
      steps: [
        step(
          5,
          ['切到备用手机组', 'Turn the calls to the reserve phones'],
          ['热线坐席', 'Operator'],
          ['备用手机 4 部', 'Four reserve phones'],
        ),
        step(15, ['通知各工地改扫码提交', 'Tell sites to use the code instead'], liaison, ['通知模板', 'Notice']),
        step(
          30,
          ['补登中断期间的来电', 'Register the calls that were missed'],
          ['热线坐席', 'Operator'],
          ['来电记录', 'Call log'],
        ),
      ],
      ring: said(['通信服务 10000；热线值班 8001', 'Telecom 10000; hotline on duty 8001']),
      resources: said(['备用手机 4 部、卡 4 张', 'Four phones with cards']),
      standDown: said(['连续试拨 10 次接通', 'Ten test calls get through']),
    },
  },
  {
    key: 'heat',
    node: 'TL',
    zh: '高温天穿防护服中暑',
    en: 'Heat stroke in protective clothing',
    severity: 'amber',
    owner: 'ho-l07',
    approver: 'sup02',
    drillInDays: 60,
    plan: {
      trigger: said(['头晕、停汗或体温 38 ℃ 以上', 'Dizzy, no sweat, or 38 °C and more']),
      steps: [
        step(3, ['移到阴凉处，脱防护服', 'Into the shade, clothing off'], crew, ['遮阳棚', 'Awning']),
        step(
          10,
          ['冰袋敷颈侧，补水', 'Ice at the neck, water'],
          ['急救员', 'First aider'],
          ['急救箱', 'First-aid box'],
        ),
        step(15, ['不缓解拨 120', 'No better: ring 120'], officer, ['定位卡', 'Location card']),
      ],
      ring: said(['120；安全条线 8070', '120; safety 8070']),
      resources: said(['每个作业面冰袋 10 个', 'Ten ice packs at each work face']),
      standDown: said(['急救员确认恢复', 'The first aider says so']),
    },
  },
  {
    key: 'chlorine',
    node: 'U06',
    zh: '消毒剂混用产生氯气',
    en: 'Disinfectants are mixed and give off chlorine',
    severity: 'red',
    owner: 'u06-liaison',
    approver: 'u06-deputy',
    drillInDays: null,
    plan: null,
  },
];

/** What was said when a duty was done. */
export const doneWords: Record<string, string> = {
  'S0-M01': '三级责任人名单已更新并公示，空缺 0 处。',
  'S0-M05': '盘点完成，账物相符，近效期 3 个品种已排先用。',
  'S0-M10': '短信加微信群测试，98% 在 2 小时内确认，其余电话补到。',
  'S0-M17': '关键岗位 AB 角逐岗核对，换了 4 人。',
  'S0-M02': '综合保障方案年审完成，改了 6 处。',
};

export interface DemoNearMiss {
  /** Day of the story; null = this morning. */
  day: number | null;
  site: string;
  what: string;
  place: string;
  stoppedBy: string;
  outcome: 'risk' | 'lesson' | 'none' | null;
  risk?: string;
  triage?: string;
}

/** In the order in which they happened. */
export const nearMisses: DemoNearMiss[] = [
  {
    day: -45,
    site: 'U09-01',
    what: '两间宿舍各住了八个人，测温时才发现。',
    place: '2 号宿舍',
    stoppedBy: '晚查房的人数了床',
    outcome: 'risk',
    risk: 'crowding',
    triage: '并入宿舍拥挤风险。',
  },
  {
    day: -41,
    site: 'U04-01',
    what: '发热同事先去食堂打饭，再到保障员处报告。',
    place: '食堂',
    stoppedBy: '打饭师傅看他脸红，让他先测温',
    outcome: 'risk',
    risk: 'fever',
    triage: '并入发热风险，入口加测温提示。',
  },
  {
    day: -33,
    site: 'U07-01',
    what: '值班长和接班长在中控室交接，两班人待了四十分钟。',
    place: '中控室',
    stoppedBy: '联络员路过提醒分开',
    outcome: 'risk',
    risk: 'staff',
    triage: '并入值守感染风险，交接改到门外。',
  },
  {
    day: -5,
    site: 'U02-01',
    what: '黄袋没扎紧，搬上车时差点散开。',
    place: '医废暂存间',
    stoppedBy: '司机发现后重新套袋',
    outcome: 'risk',
    risk: 'waste',
    triage: '并入洒漏风险，暂存间加双层袋。',
  },
  {
    day: 4,
    site: 'U09-07',
    what: '新到 12 人没有空房，差点和老班组混住。',
    place: '3 号板房',
    stoppedBy: '保障员临时借了会议室',
    outcome: 'risk',
    risk: 'crowding',
    triage: '并入宿舍拥挤风险。',
  },
  {
    day: 9,
    site: 'U04-02',
    what: '中午餐车晚到 50 分钟，没有备餐。',
    place: '食堂',
    stoppedBy: '小卖部先垫了面包',
    outcome: 'risk',
    risk: 'meals',
    triage: '并入供餐风险，备餐按每人三餐。',
  },
  {
    day: 15,
    site: 'U06-01',
    what: '洁厕剂倒进了 84 的桶里，起了泡。',
    place: '二号楼洗手间',
    stoppedBy: '保洁员闻到味道马上倒掉并开窗',
    outcome: 'risk',
    risk: 'chlorine',
    triage: '单位缺处置预案，已列风险，请单位写措施。',
  },
  {
    day: 19,
    site: 'U01-01',
    what: '应急出口被物资挡住，夜里没人发现。',
    place: '东门',
    stoppedBy: '巡夜人员推不开门',
    outcome: 'lesson',
    triage: '各单位都可能有，写成经验。',
  },
  {
    day: 24,
    site: 'U05-06',
    what: '对讲机没电，异常报告走了二十分钟。',
    place: '匝道口',
    stoppedBy: '借了路过同事的手机',
    outcome: 'lesson',
    triage: '写成经验：充电纳入交接。',
  },
  {
    day: 31,
    site: 'U03-01',
    what: '登记表放在门口，写着病情，谁都能翻。',
    place: '门卫',
    stoppedBy: '门卫收进了抽屉',
    outcome: 'lesson',
    triage: '写成经验：登记只写编号。',
  },
  {
    day: 44,
    site: 'U08-01',
    what: '复工当天塔吊没有复检就有人上去。',
    place: '塔吊',
    stoppedBy: '安全员把人叫了下来',
    outcome: 'none',
    triage: '当天已停用并复检，闸口已有这一项。',
  },
  {
    day: 58,
    site: 'U10-01',
    what: '过期口罩和新到口罩放在一个货架。',
    place: '项目库房',
    stoppedBy: '领用人看了日期',
    outcome: 'none',
    triage: '已下架，库房按近效期先出重排。',
  },
  {
    day: 72,
    site: 'U07-01',
    what: '备用药箱的钥匙不在值班室，找了一刻钟。',
    place: '值班室',
    stoppedBy: '病情不急，先用了随身药',
    outcome: null,
  },
  {
    day: null,
    site: 'U04-01',
    what: '早班测温枪没电，二十人没测就进了场。',
    place: '大门',
    stoppedBy: '保障员追到班前会补测',
    outcome: null,
  },
];
