/** What staff write when a case does not run straight, and the few words that fit any matter. */

/** Why the work waits, and of which categories that can be said; without categories it fits everywhere. */
export interface Reason {
  text: string;
  code: string;
  categories?: string[];
}

const repairs = ['A02', 'A03', 'A04', 'E04', 'E05', 'F05'];
const goods = ['A01', 'A05', 'A06', 'B01', 'B02', 'B03', 'B05', 'F04', 'H02'];
const papers = ['E01', 'F01', 'F02', 'F06', 'G03', 'G04', 'H03', 'H04'];
const money = ['G01', 'G02', 'G03', 'G04'];

export const extensionReasons: (Reason & { hours: number })[] = [
  { hours: 24, code: 'parts', categories: repairs, text: '配件供应商仓库没现货，明天才能发出，申请延期24小时。' },
  {
    hours: 4,
    code: 'force_majeure',
    categories: goods,
    text: '送货车辆在属地查验点排队，到不了，已联系备用线路，申请延期4小时。',
  },
  {
    hours: 24,
    code: 'policy',
    categories: ['C04', 'C05', 'E01', 'E02', 'E03'],
    text: '需等属地疾控回复方案，材料已经递上去，申请延期一天。',
  },
  {
    hours: 8,
    code: 'other',
    categories: ['A03', 'E04'],
    text: '床位调整涉及两个班组同时搬，人都在岗上，申请延到下班以后。',
  },
  { hours: 12, code: 'parts', categories: ['C03'], text: '药品在定点药店缺货，已向第二家下单，申请延期12小时。' },
  {
    hours: 36,
    code: 'force_majeure',
    categories: ['A03'],
    text: '下雨做不了屋面防水，已临时铺雨布遮挡，申请延期到雨停后。',
  },
  { hours: 48, code: 'other', categories: money, text: '考勤和门禁还有几天对不上，不核清不能定，申请延期48小时。' },
  { hours: 48, code: 'policy', categories: papers, text: '材料已递属地窗口，答复要两个工作日，申请延期48小时。' },
  {
    hours: 24,
    code: 'other',
    categories: ['F03', 'G02', 'C06'],
    text: '替班的人检测结果没出，还到不了岗，申请延期24小时。',
  },
  {
    hours: 20,
    code: 'other',
    categories: ['H01', 'H02', 'H03'],
    text: '小区志愿者今天排满了，约到明天上门，申请延期20小时。',
  },
  {
    hours: 24,
    code: 'other',
    categories: ['I01', 'I02', 'I04', 'G05'],
    text: '当事的人轮休，到岗后才能当面谈，申请延期24小时。',
  },
  { hours: 12, code: 'other', text: '办的人手在另一处紧急件上，安排第二批人接着办，申请延期12小时。' },
];

export const suspensionReasons: Reason[] = [
  { code: 'force_majeure', categories: [...repairs, ...goods], text: '属地临时封控，人和车进不去，待解除后接着办。' },
  {
    code: 'waiting_requester',
    categories: ['A03', 'A05', 'C05', 'G03', 'G05'],
    text: '本人正在集中隔离，约好出来以后当面办，先挂起。',
  },
  { code: 'policy', categories: ['F02', 'F04'], text: '通行证由属地统一换发，换发期间不受理新申请，等通知。' },
  { code: 'parts', categories: repairs, text: '厂家技术人员在外地，要凭检测证明进场，已约好时间，等到场。' },
  { code: 'waiting_requester', categories: ['A03', 'E04'], text: '本人想先看两天再定换不换房，说好到时再联系。' },
  { code: 'policy', categories: [...money, 'H04'], text: '涉及合同争议，已交法务看条款，等书面意见。' },
  { code: 'other', categories: ['F05', 'F06'], text: '这一片有安全整改还没闭合，闭合前不能往下办。' },
  { code: 'force_majeure', text: '经办的人所在片区临时管控，出不来，待解除后接着办。' },
];

export const fits = (reason: Reason, category: string): boolean =>
  !reason.categories || reason.categories.includes(category);

/** Which return fits; some name the line that should lead. */
export const returnReasons: { reason: string; text: string; rightLine: string | null }[] = [
  { reason: 'not_our_line', rightLine: 'L11', text: '不属于我条线职责，牵头应为后勤保障条线，请调度改派。' },
  { reason: 'not_our_line', rightLine: 'L06', text: '涉及个人待遇和用工，我条线没有查询权限，请转人力资源条线。' },
  { reason: 'not_our_line', rightLine: 'L05', text: '要跟属地对接，我条线没有对接权限，请改派综合办公条线牵头。' },
  { reason: 'not_our_line', rightLine: 'L08', text: '设备和现场归总包管，质保期内维修应由工程建设条线发起，请改派。' },
  { reason: 'not_our_unit', rightLine: null, text: '位置不在我单位，跟现场核过属相邻单位，请重新派。' },
  { reason: 'needs_facts', rightLine: null, text: '写得太简单，不知道从哪下手，联系两次没接通，请补问清楚后再派。' },
  { reason: 'other', rightLine: null, text: '跟前面派给本片区的一件像是同一件事，请核对后再派。' },
];

export const opened: string[] = [
  '收到，这件事由我来办，有进展就写在这里。',
  '情况看明白了，正在安排，办到哪一步会写清楚。',
  '收到，先把情况核一遍，尽快给回话。',
];
export const openedUrgent: string[] = ['收到，人马上过去。', '已接到，现在就办，请保持能联系上。'];
export const stillAtIt: string[] = [
  '还在办，没有停下，有结果马上写。',
  '催过一遍，对方答应尽快。',
  '还差最后一步，办完再来告诉您。',
];
export const takenUpAgain: string[] = [
  '看到您说没解决，重新办，这回我自己盯着。',
  '前面没办到位，已重新安排，办完请您再看。',
  '换了人接着办，先把差的那一块补上。',
];
export const redone: string[] = ['重新办过：', '返工完：', '按您说的补办了：'];
/** Where the topic has no other words left for the second time. */
export const redoneWhole: string[] = [
  '上次没办到位的补上了，这回当面核过，请您再看。',
  '差的那一块补齐了，往后三天每天来问一次，请您再看。',
];
export const rest: string[] = ['其余的另排时间，办完再告诉您。', '还差一点收尾，办完再告诉您。'];
export const explained: string[] = [
  '问过主管条线，眼下的规定还办不了，原因已跟本人讲明，条件变了马上办。',
  '核过文件，这一项暂时不能单独开口子，已把依据和能走的路跟本人说清。',
];
export const outOfScope: string[] = ['这件事不归集团管，该找哪个部门、打哪个电话已告诉本人，也帮着先打了招呼。'];
export const explainedWell: string[] = ['讲明白了，知道怎么回事了，可以。', '帮着指了路，后面的我自己去办。'];
export const notExplained: string[] = ['光讲道理，事情还在那儿。', '听是听明白了，问题没解决。'];

/** 转办摘要 by category: what is to be done, without crew, bed, point or hour. */
export const summaries: Record<string, string> = {
  A01: '有职工反映近来供餐有问题，请查送餐和配餐环节，改到位后告知。',
  A02: '有职工反映饮用水或生活用水不正常，请检查供水和饮水设备。',
  A03: '有职工反映床位住宿有困难，请核实同类情况，一并解决。',
  A04: '有职工反映洗浴厕所不好用，请检查设施和保洁。',
  A05: '有职工反映缺生活用品，请核对发放和代购情况，补齐。',
  A06: '有职工有饮食上的特殊需要，请核对配餐名单和做法。',
  B01: '有职工反映防护用品配发不足或不合用，请按岗位标准核对补发。',
  B02: '有职工反映检测试剂没领到或不好用，请核对发放。',
  B03: '有职工反映消毒用品不足，请核对配备并补齐。',
  B04: '有岗位急缺防护物资，请立即核库存、先行调拨。',
  B05: '有职工反映物资质量有问题，请查同批次并停发核验。',
  E01: '有职工对进出和封闭管理的规定有疑问，请给统一的书面答复。',
  E02: '有职工反映可能有防疫异常，请排查近日进出和健康登记。',
  E03: '有职工反映消杀或垃圾清运不到位，请现场核对记录与实际。',
  E04: '有职工反映住得挤、不通风，请核实人数与面积，调整。',
  E05: '有职工反映防疫设施损坏，请检查修复。',
  F01: '有职工询问返岗手续，请把流程、名单和接送说清。',
  F02: '有人反映车辆通行受阻，请核对证件和线路。',
  F03: '有职工反映人手不足、连续顶岗，请核对编制与排班。',
  F04: '有人反映材料到不了，请核对在途情况并协调放行。',
  F05: '有职工反映设备或作业环境有隐患，请先停用再检查。',
  F06: '有人询问复工审批进度，请查明卡在哪一步并答复。',
  G01: '有职工反映工资或补贴有差，请按同一标准全面核对发放表，不要打听是谁提的。',
  G02: '有职工反映连续上岗、休息不足，请核对门禁与班表，安排轮休。',
  G03: '有职工反映合同或考勤有问题，请核对同类人员，统一更正。',
  G04: '有职工反映工伤或保险办理不畅，请核对在办的申请，给出清单。',
  G05: '有职工反映被区别对待，请查岗位安排与规定是否相符，不要打听是谁提的。',
  H01: '有驻场职工家中老人或孩子需要照看，请对接社区安排。',
  H02: '有职工家里缺生活物资，请核对居家物资发放。',
  H03: '有职工子女上网课有困难，请核对设备与志愿者安排。',
  H04: '有职工遇到租房或法律上的困难，请法务联系安排咨询。',
  I01: '有职工提出改进建议，请评估是否可行并答复。',
  I02: '有职工反映服务态度或推诿，请调录音和记录核实，当事人回避。',
  I04: '有职工表示感谢，请核实转达，不公开姓名。',
};
