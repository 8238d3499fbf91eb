/**
 * The words of the field, grouped by what they mean: two people who need the same thing seldom use the same words.
 * A group is `name: words`. `thing.part` is a kind of `thing`: it agrees with it and with itself, and contradicts its
 * sisters. A word may stand in several groups. Written from the group's own goods, places and trades; a word that is
 * missing is compared by its characters.
 */

/** Goods, installations, papers, arrangements: what it is about. */
export const things = `
meal: 饭 餐 盒饭 伙食 饭菜 吃饭 用餐 吃的 三餐 配餐 供餐 快餐 便当 送餐 送饭 打饭 取餐 餐食 订餐 就餐 开饭 吃上 吃不上 饿 热饭 饭盒饭 团餐 早饭 早餐 早点 午饭 午餐 中饭 晚饭 晚餐 夜宵 宵夜 夜班餐 夜餐 一箱饭 晚上的盒饭 中午的盒饭 领餐 吃东西 东西吃 空肚子 空着肚子 垫肚子 就餐点 加饭 添饭 白饭 没饭 餐点 一口饭 热乎饭 订的餐 剩饭 厨房做饭 配餐公司 配餐点
meal.staple: 米饭 主食 米粒 干饭
meal.bun: 馒头 包子 花卷 面点
meal.bread: 面包
meal.noodle: 面条 长寿面 热面 泡面 方便面
meal.dish: 菜 炒菜 荤菜 素菜 菜里 汤菜
meal.meat: 肉 鸡腿 排骨
meal.milk: 牛奶 奶
meal.egg: 鸡蛋
meal.fruit: 水果 苹果
meal.halal: 清真 回民 回族 穆斯林 民族餐
meal.menu: 菜单 花样 口味 菜式 菜谱 吃腻 顿顿 重样 吃腻了 换换口味 换换花样 换花样 白菜 土豆 冬瓜 豆腐 换口味
meal.box: 餐盒 饭盒 盒盖
meal.cutlery: 筷子 餐具 勺子 勺 碗筷
meal.car: 餐车 送餐车 送饭车 配餐车
meal.warmer: 保温箱 保温桶
grain: 粮食 粮 口粮 米面
grain.rice: 大米 米
grain.flour: 面粉
vegetables: 蔬菜 青菜 菜车 送菜
oil: 食用油 菜油
water: 水 用水 供水 停水 断水 没水 来水 断水了
water.drink: 饮用水 喝水 饮水 喝的水 喝的 渴 口渴 喝 发水 两瓶水 喝完 解渴
water.bottle: 矿泉水 瓶装水 瓶水
water.barrel: 桶装水 大桶水 送水
water.boiled: 开水 热开水 打水 接水 热水 喝不上热水
water.hot: 热水 热澡 热乎澡
water.tap: 自来水 水龙头 龙头 龙头水 龙头出水 自来水水 水压 水流 一根线 水压小
dispenser: 饮水机 直饮机 开水器 开水炉 净水机 净水器 热水器 开水房 打开水 饮水器
heater: 热水器 锅炉 锅炉房 烧水器 开水器 热水炉
filter: 滤芯 过滤芯
pipe: 水管 管子 管道 管路 上水管
tank: 水箱 蓄水池 消防水池 消防池 水池子 水位 补水
watercard: 水票 水卡 热水卡
drain: 下水 下水道 地漏 排水 下水管 污水 脏水 粪水
septic: 化粪池 粪池
bed: 床 床位 铺位 上铺 下铺 床架 床板 床铺 地铺 睡地上 睡在地上 没地方睡 没处睡 高低床 打地铺 没床位 床位图 睡过道 睡走廊 挤一张床 行军床 折叠床 铺 下铺床 大通铺 通铺 正经床
bedding: 被子 棉被 被褥 铺盖 床上用品 薄被 厚被 棉絮 棉花 盖的
bedding.mattress: 床垫 褥子 垫子
bedding.sheet: 床单 被套 枕套
bedding.net: 蚊帐
bedding.pillow: 枕头
bedding.blanket: 毯子 毛毯
room: 换宿舍 调宿舍 换房 换房间 换个房间 换寝室 换间 调到一间 一间房 夫妻房 同屋 空房 换地方 调开 夫妻 腾房 同住
aircon: 空调 冷气
heating: 暖气 取暖 地暖 电暖器 供暖
fan: 风扇 电扇 电风扇
ventilation: 通风 透气 排风 排风扇 换气扇 换气 不透气 排气扇 闷 憋 憋闷 闷热 闷得慌 不通风
duct: 风管 通风管道 风道
window: 窗户 窗 玻璃 窗子 窗扇
window.screen: 纱窗
door: 门 房门
lock: 门锁 锁 锁头 钥匙
curtain: 窗帘 门帘 帘子
lamp: 灯 灯泡 灯管 照明 路灯 电灯 日光灯 黑灯瞎火 摸黑
lamp.emergency: 应急灯 照明灯 手电 手电筒
lamp.uv: 紫外线灯 紫外灯 紫外线 紫外
socket: 插座 插头 插排 插孔 充电口 接线板
power: 电 停电 断电 跳闸 没电 供电 来电 电压 总闸 合闸 通电 不通电
power.station: 变压器 增容
generator: 发电机 发电车
diesel: 柴油 燃油 油料 缺油 没油
petrol: 汽油
roof: 屋顶 房顶 屋面 顶棚
wall: 墙 墙面 墙皮
noise: 吵 噪音 打呼 打呼噜 鼾声 呼噜 太响 吵闹 响声 声音大
shower: 洗澡 淋浴 浴室 澡堂 冲澡 冲凉 淋浴间 洗澡间 女浴室 男浴室 浴池 凉水澡 洗不上澡 洗浴 冲洗 澡 移动淋浴
shower.head: 喷头 花洒 淋浴头 莲蓬头
toilet: 厕所 卫生间 公厕 洗手间 马桶 便池 蹲坑 茅房 旱厕 女厕 男厕 蹲位 移动厕所 粪便 上厕所 解手
toilet.paper: 厕纸 卫生纸 手纸 纸巾
washer: 洗衣机 洗衣房 甩干机 洗衣机器
laundry: 洗衣服 洗衣 衣服没地方洗 脏衣服 攒了
drying: 晾衣 晾晒 晾衣场 晒衣 晾衣服 晾 晒被子 衣架 晾衣绳 绳子
rubbish: 垃圾 垃圾桶 垃圾箱 垃圾堆 生活垃圾 废弃物 清运 垃圾筐 垃圾车 垃圾清运 垃圾点 废品
rats: 老鼠 耗子 灭鼠 鼠
roaches: 蟑螂
mosquitoes: 蚊子 蚊虫 驱蚊 蚊香 灭蚊 花露水
flies: 苍蝇
bugs: 臭虫 跳蚤 虱子
dogs: 野狗 狗
cats: 野猫 猫
soap: 洗手液 皂液 肥皂液 洗手的
sink: 洗手池 洗手台 水池 水槽 洗漱台 盥洗
mirror: 镜子
razor: 剃须刀 刮胡刀 胡子 刮胡子
toothpaste: 牙膏 牙刷 刷牙 漱口
towel: 毛巾 浴巾
hairdryer: 吹风机 电吹风 吹头发
kettle: 电水壶 水壶 烧水壶 热水壶
slippers: 拖鞋
shoes: 鞋 工鞋 劳保鞋 布鞋 安全鞋 鞋底 鞋子
shoes.boots: 雨鞋 胶靴 水靴 雨靴 胶鞋
clothes: 衣服 外套 换洗衣服 换洗 衣物 衣裤 内衣
clothes.warm: 棉衣 厚衣服 厚外套 棉袄 大衣 御寒 羽绒服 薄衣服
clothes.work: 工服 工作服 工装
pads: 卫生巾 女性用品 姨妈巾
shampoo: 洗发水 沐浴露
detergent: 洗衣粉 洗衣液 肥皂 香皂 洗洁精 洗澡洗衣服的东西
toiletries: 洗漱用品 洗漱 生活用品 日用品
haircut: 理发 剪头 剪头发 头发 理发师 推头
parcel: 快递 包裹 邮件 邮包 寄的 寄来 取件 快递架
shop: 小卖部 超市 商店 小超市 代买 代购 卖
charger: 充电器 充电线 数据线 充电宝 充电
charging: 充电 充不了 充电桩
phone: 手机 电话机
simcard: 手机卡 流量 话费 停机
network: 网络 wifi 宽带 信号 上网
identity: 身份证 证件照 证件
needles: 针线
mask: 口罩 口罩只 医用口罩 外科口罩
mask.n95: n95
goggles: 护目镜 眼罩 防护眼镜
visor: 面屏 面罩 防护面罩 防护面屏 头面
suit: 防护服 隔离衣 隔离服 防护衣 防护 连体服 一次性服
gloves: 手套 乳胶手套 一次性手套 劳保手套
overshoes: 鞋套 脚套
raincoat: 雨衣 雨披 雨具
helmet: 安全帽 头盔
harness: 安全带
vest: 反光衣 反光背心 反光服
antigen: 抗原 检测盒 检测试剂 试剂 试剂盒 自测盒 检测剂 抗原盒 抗原试剂 自测 抗体 试剂盒子 测试盒 白板 出线 质控线 检测卡
nucleic: 核酸 做核酸 核酸检测
swab: 棉签 拭子 采样棒 核酸棒 采样棉签 采样拭子
tube: 采样管 试管 核酸管
sampling: 采样
report: 报告 检测报告 核酸报告 检测结果
disinfectant: 84 消毒液 消毒水 消毒剂 药水 药剂 消毒药 84消毒液 消毒用品 没有药水
alcohol: 酒精 75%酒精 75度酒精 酒精棉 湿巾 酒精湿巾 酒精棉片
sanitizer: 手消 免洗手液 免洗手 免洗 手消毒 免洗消毒 手消机 免洗凝胶
sprayer: 喷雾器 喷壶 喷雾机 喷枪 喷药机
tablets: 泡腾片 消毒片 氯片
medwaste: 医废 医疗垃圾 医疗废物 废口罩 用过的口罩 医疗废弃物 黄袋 医废暂存 暂存间 暂存点
medwaste.bag: 医废袋 黄袋 黄袋子 黄色医废袋 垃圾袋
disinfection: 消杀 消毒 终末消毒 洗消 消一遍 喷药 消一次 喷洒 喷消毒 喷淋 消毒工作 消毒人员
doormat: 消毒垫 脚垫 地垫
isolation: 隔离 隔离房 隔离间 隔离点 隔离楼
contact: 密接 密切接触 密切接触者 次密
thermometer: 额温枪 测温枪 体温枪 体温计 温度计
thermogate: 测温门 测温 测温设备 热成像
gateway: 门禁 闸机 道闸 人脸 人脸机 刷脸 人脸识别
fence: 围挡 围栏 铁皮围 围墙
tent: 帐篷 隔离棚 雨棚 棚子 遮雨棚 棚
camera: 监控 摄像头 视频 录像
callbell: 门铃 呼叫器 呼叫铃 呼叫
radio: 对讲机
partition: 隔板 挡板 隔断
channel: 消毒通道
signs: 标识 标牌 标识牌 指示牌 隔离牌 警示牌
oxygen: 氧气 氧气瓶
acetylene: 乙炔
medicine: 药 药品 药盒 药箱 常用药 小药箱
medicine.fever: 退烧药 退热药 布洛芬 对乙酰
medicine.cough: 止咳药
medicine.pressure: 降压药
chlorine: 次氯酸钠
coagulant: 聚合氯化铝
carbon: 活性炭
lime: 石灰
urea: 尿素
release: 解封 解除 封到 封闭 闭环 封控 解禁 结束 被封 封的 放开 闭环结束 封多久
code: 健康码 绿码 黄码 红码 行程码 转码 二维码
outing: 外出 出去 出门 出场 离场 走出 出来 出大门 走出去 外面
hospital: 医院 就诊 看病 就医 求医 复查 看医生
doctor: 医生 大夫 护士 医务室 卫生室 医护 驻点医生 校医 医务
family: 家属 家里人 家人 家里 亲属 爱人 老婆 夫妻 媳妇
child: 孩子 小孩 儿子 女儿
funeral: 奔丧 去世 丧事 过世 后事
takeaway: 外卖
reporting: 打卡 上报 小程序 每日上报 填报 登记系统
vaccine: 疫苗 接种 打针
swap: 串宿舍 串门 串 走动
temporary: 临时工 短期用工 短工 零工
return: 返岗 返工 回来上班 复岗 回场 返程 回工地 返场 回岗 到岗 回去上班 回原来 返回 上岗证明 返岗证明 返岗名单 返岗的车 复工返岗 返回岗位 回项目
leaving: 离岗 离职 退场
documents: 证明 材料清单 手续 带什么 准备哪些 准备什么 资料
checkup: 体检
ticket: 车票 票 火车票
bus: 大巴 班车 通勤车 摆渡车 接送车 接送 统一接 派车 包车 接我们 车座 车不来 坐车 派个车
subcontractor: 分包 劳务 劳务公司 劳务单位 包工头
permit: 通行证 证 车证 准行 通行码 两证 双证 出入证 临时通行证 临时证 通行证申请 证件到期 续证 续办 换证 换新证 长期通行证 车辆通行证
plate: 车牌 车号 牌照
vehicle: 车 货车 车辆 卡车 材料车 拉货
vehicle.mixer: 罐车 混凝土车 水泥车 灰车 打灰
vehicle.spoil: 渣土车 拉土 土方车
vehicle.rescue: 抢修车 抢险车 应急车
vehicle.ambulance: 救护车 急救车
vehicle.fire: 消防车
vehicle.transfer: 转运车
driver: 司机 驾驶员 开车的 师傅开车 师傅开 司机的核酸
inspection: 年检 年审 检验期
insurance: 保险
checkpoint: 检查站 卡口 高速口 高速出口 关卡 路卡 设卡 核验 查验 路口 收费站 临时封 排查点
corridor: 绿色通道 快速放行
stamp: 盖章 公章 签章
welder: 焊工 电焊工
cleaner: 保洁 保洁员 保洁阿姨 打扫的
guard: 保安 门卫 保安员 看门
cook: 厨师 师傅做饭 食堂师傅 炊事员 厨子
operator: 运行工 操作工 中控员
analyst: 化验员 水质检测
cranedriver: 塔吊司机 塔司 塔机司机
volunteer: 志愿者 帮手 义工 保障员
loader: 装卸工 搬运工 卸车的
carpenter: 木匠 木工
labour: 人手 缺人 差人 顶岗 替班 派人 调人 顶班 用工 没人替 顶不上 没人开 没人做 没人上 少人 要人 缺人手 没人干 没人取 请派 人不够 司机隔离 补人 没人顶 缺员 减员 借人 支援 增援 调剂 缺口 干双份 替班的人 走了没人接 招人 派工人 人员不足 差几个人 增派
cement: 水泥
sand: 砂 沙 砂子 沙子 砂石 沙石 石子
steel: 钢筋
strand: 钢绞线
asphalt: 沥青
concrete: 混凝土 商混 商砼 搅拌站 商混站 拌和站 砼 打混凝土 浇筑 打灰 灌
girder: 箱梁 预制梁 构件
bearing: 支座
spares: 配件 备件 零件
prefab: 活动板房 板房材料
wharf: 码头 靠泊
weighbridge: 地磅 过秤 过磅
supplier: 供应商 厂家 供货
materials: 材料 建材 物料
paving: 摊铺 铺路
stock: 库存 仓库 库房 备货
towercrane: 塔吊 塔机
limiter: 限位 限位器
guardrail: 护栏 栏杆 临边
pit: 基坑 坑边 坑
switchbox: 配电箱 电箱 配电柜
wires: 电线 线路 线皮 电缆 裸露
erector: 架桥机
gantry: 门吊 龙门吊
scaffold: 脚手架 外架
scaffold.tie: 连墙件 拉结点 拉结
gondola: 吊篮
lift: 电梯 升降机 施工电梯
buttons: 按钮 按键
blower: 通风机 风机 鼓风机
extinguisher: 灭火器 消防瓶 灭火瓶
hydrant: 消防栓 消火栓 水带
slope: 边坡 坡
crack: 裂缝 裂纹 那条缝
sling: 吊索 钢丝绳 吊带
gasmeter: 气体检测仪 测气 测气仪 有毒气 检测气体
confined: 受限空间 下井 有限空间
weldmachine: 电焊机 焊机
approval: 复工 复工申请 复工审批 审批 批复 批文 批下来 复工材料 复工手续 报批 审批下来 报复工 申报 复工方案 审核 白名单 闸口 走流程 批了 报上去 开工 复工的事 复工批文 手续办 交上去
approval.plan: 方案 防控方案 防疫方案
approval.visit: 核查 验收 验收组 现场核查
approval.pledge: 承诺书
approval.night: 夜间施工 夜间施工许可 许可证 施工许可
approval.safety: 安全员 安全员证
roster: 名单 人员名单
portal: 系统 网站 平台 申报系统 登录 登陆
rest: 休息 轮休 休假 调休 换休 歇 放假 休 探亲假 年假 请假 回家 过年回家 歇班 轮换 补休 病假 换班休 回家看 歇一天 没歇 连续上岗 休两天
overtime: 加班 下班 收工 连轴转 熬夜 半夜才
heat: 高温 大热天
schedule: 排班 值班表 班次 倒班 轮换 轮班 换班 接班 排班表 两班倒 三班 班表
hours: 小时 钟头
attendance: 考勤 出勤 工时
wages: 工资 薪水
allowance: 补贴 补助 饭补 奖励
training: 培训
exam: 考试 中考 高考
film: 电影 看电影
vending: 自动售货机 贩卖机 售货机
group: 微信群 意见群 群
notice: 通知 消息 公告 贴出来 公布 群里说 说法不一 规定 文件 口径
smoking: 吸烟 抽烟 烟
court: 篮球场 球场 运动场 运动
reading: 阅览室 书 图书
shelf: 架子 快递架
birthday: 生日
hotline: 热线 接线 接电话
luggage: 行李 箱子
leader: 书记 领导 经理
crowding: 挤 拥挤 太密 人挤人 太挤 塞进 人均 挤在 超员 侧着身 挤一间 住了 平米 定员 床位密
dustless: 灰 灰尘
records: 台账 记录 记录表
dust: 扬尘
drinkingcup: 水杯
bags: 袋子
meal.portion: 饭量 份量 吃不饱 加量 不够吃 二两
meal.soup: 汤 热汤
dirt: 青苔 水垢 锈 泥沙 沉淀物
snore: 打呼 打呼噜 鼾声 呼噜 打鼾
drinking: 喝酒 打牌 麻将
shower.hours: 开放时间 关门时间 锁门 关门
antislip: 防滑垫 防滑
sewage: 返上来 污水 脏水 粪水
glasses: 老花镜 眼镜
cigarettes: 香烟 烟抽完
socks: 袜子
price: 价钱 价格 物价
order: 代购单 代买的 下单
sharps: 利器盒
leaflet: 说明书 说明
strip: 试纸
extraction: 提取液
mop: 拖把 抹布 扫把 扫帚
isolationtime: 静止 静置 静默 静止期 隔离几天 隔离多久 单独住
visitparcel: 家里送 送东西 送衣物 家里人来
route: 通道 走哪条道 路线 绕行
distemp: 测温仪 体温 测温枪 额温
bell: 呼叫铃 呼叫器 按铃
qr: 二维码 登记码 扫码
doorsensor: 感应门
paint: 黄线 标线 画线
pump: 水泵 泵
community: 社区 街道 属地
fare: 车费 路费 车钱
safetybrief: 交底 安全交底
skilled: 持证 特种作业 操作证
idle: 闲 没活干 没活 派活
unload: 卸货 卸车 卸料 卸 卸不
crane: 吊车 吊机 起重机 汽车吊
forklift: 叉车
rod: 焊条
model: 型号 规格 标号
stockpile: 堆不下 堆场
certify: 复检 检验 检定 校验 检测报告 重新验 验收
safetynet: 安全网
ladder: 爬梯
lightout: 照明坏 黑灯
seep: 渗水 涌水
monitor: 监测
ground: 接地
stampdoc: 盖章
suggestionbox: 意见箱 意见簿
barber: 理发角 推子
projector: 投影
form: 表 日报表 报表
delivery: 配送 到货
shelter: 雨棚 挡风 遮阳
bench: 长条凳 凳子 椅子 桌子
stagger: 错开 错峰 分批
plumber: 水工 水暖工
electrician: 电工
courier: 送药 送饭的 送货
warehouse: 仓库 库管 片区仓
sicktest: 量血压
`;

/** What is wrong with it, or wanted of it. */
export const troubles = `
short: 没有 缺 不够 用完 没了 断货 没货 少 差 缺少 短缺 库存为零 只剩 空了 告罄 发完 快没 不足 撑不 用光 见底 剩 没领到 没收到 没发 一滴没有 断料 断了货 要补 申领 不剩 没得 不见了货 全完 买不到 没处买 断供 快没了 快完 快用完 用尽 两手空空 没到 还没到 没送到 没得用 没得换 够不 来不及补 断货很久 少了 差了 缺了 库存仅 仅够 只够 撑不过 撑不到 没库存 不够用 不够分 没人发 少发 漏发 没发到 停发 请补 请送 请发 请配 配发 想要 想领 送来 补来 补送 没着落 没有了 需 急需 请发放 发放 要领 想买 代买 买一 请调 急缺 一只不剩 一件不剩 没供应 断货了 没货了 告急 断了 零库存 发完了 领不到 只发一半 差一半 没轮到 一个没有 见不着 没有货 领不着 顶不过去 够今晚 还缺 都没了 都没有 紧缺 拿不出 补发 续上 快见底
stop: 停水 停电 断水 断电 没电 没水 跳闸 停 停了 不通电 一滴没有 黑漆漆 全黑 停供 断了 没来电 没来水 停运 停产 不生产 停工 停办
broken: 坏 坏了 不工作 失灵 不转 用不了 不能用 故障 不亮 不灵 罢工 修 维修 修一下 修不好 掉了 断了 碎了 破了 不出水 打不上 充不进 损坏 裂 破 失效 报修 卡住 烂了 坏掉 没反应 不好使 充不上 黑屏 没画面 没声音 脱落 倒了 倒下 打不开 关不上 锁不住 关不严 关不掉 趴着 不好用 开不了 打不着 不动 不转了 转不了 没法用 塌 裂开 裂了 漏气 不感应 夹人 变形 歪了 松了 晃 开胶 卡住了 坏掉了 出毛病 毛病 有问题 不出雾 没图像 卡壳 修好 抢修 检修 派人修 更换
leak: 漏 滴水 渗水 漏水 漏雨 返潮 进雨 渗 淌 湿透 湿了 漏油 洒 汤汁 漏了 滴 冒水 积水 潮 受潮 漏液
burst: 爆 冻裂 破裂 爆裂 爆管
blocked: 堵 堵了 不通 下不去 堵住 下不动 反水 返水 堵塞 返上来 通不了 疏通 下不去水 没人通 通一下
overflow: 溢 漫 溢出 满出 漫出 冒出 流到
frozen: 冻 结冰 冰 冻坏
chill: 冷 凉 冰凉 不热 不制热 冻得 太冷 冷得 冷饭 凉透 冷透 冰冷 吹冷风 降温 变凉 不够热 凉的 冷的 凉了 冰的 凉透了 不保温 温度保不住 冷得睡不着 热不了
warm: 热得 太热 烫 蒸笼 不制冷 晒得 温度高 热风 闷 烤 蒸 晒 太阳底下
smell: 臭 异味 熏 反味 臭味 霉味 呛 气味 味道 有味 味大 味重 一股味 味太大 味道大 味儿 刺鼻 恶臭 冲鼻 臭气 怪味 霉
dirty: 脏 没人打扫 没清扫 没打扫 打扫 清扫 不干净 发黄 浑 铁锈 带颜色 发黑 沉淀 絮状 没擦 青苔 脏了 灰 锈 没人清洗 清洗 没洗 恶心
late: 迟 拖到 送晚 才到 才拿到 晚到 误点 来晚 晚了 太晚 来得晚 半天才 迟迟 误了点 晚了半个 不准点 没按时 才来 拖了 半天不来
queue: 排队 排长队 排得老长 等半小时 等一 队 排一小时 排到门外 排一个钟头 排老长 大排长龙 等到半夜 排队等 轮不上 抢
spoiled: 馊 酸 变质 变味 坏的 酸味 馊味 发臭 烂 霉点 发霉 结块 坏了一半 肉有味
raw: 夹生 没熟 没煮熟 半生 生的 硬的 太硬
foreign: 虫 虫子 生虫 石子 石头 铁丝 金属丝 头发丝 异物 生虫 蟑螂腿 吃出
taste: 咸 油大 辣 淡 难吃 没味 太油
sick: 拉肚子 闹肚子 肚子疼 吃坏 吐 腹泻 胃疼
expired: 过期 到期 失效 有效期 过了日子 过了有效期 报废期 使用年限 过日子 超期 检验期 快过期 过了期 作废 效期
invalid: 扫不出来 无效 识别不了 刷不过 扫不了 对不上 不一样 登记的 没有我 不在名单 没我的名字 写错 错了 登录不上 进不去系统 闪退 登不上 进不去 上不去 显示无效 填错 审核不过 不认 查不到 没显示 没有我们
size: 尺码 大号 小号 偏小 偏大 太大 太小 穿不 戴不 换大 换小 合身 太短 太长 太紧 不合身 穿不了 穿不上 小一码 码 大了 小了 顶头
quality: 质量 劣质 一拉就断 一扯就 不结实 做工 假货 掺水 兑水 不准 不牢 开线 偷工减料 就破 就烂 就断 就掉 黑心棉 沾水 有划痕 花的 掺 假的 一拉就 一戴就 一摸就 裂缝线 脱胶 浑 退换 次品 不经用 不耐用
fog: 起雾 水汽 雾气 哈气 防雾 糊 看不清
shock: 漏电 麻手 触电 带电 电人 冒火花 打火
deny: 不让 拦 劝返 进不来 进不去 不放 堵在 禁行 挡 拦下 不让进 出不去 被拦 不许 不准 过不来 绕不过 停在门口 卡在 送不进 让回去 送不到 上不了路 不能上路 不敢出 送到 挡了 被挡 挡住 不给进 不放行 过不了 不让走 不让出 拦着 不让收 协调放行 进不了 过不去 停在路边 堵路 卡 被卡
noreply: 没人回 没回音 没答复 没批 没消息 没结果 没有答复 没音信 没人理 没下文 没人来 推了 没有人来 没来 不来 没回信 没反应 没动静 审核 卡在哪 走到哪 没人说清 进度
untold: 没通知 不知道 没人说 没说 没告诉 没公布
uncollected: 没人收 没人拉 没人清 没清运 没拉走 满了 爆满 堆 堆满 堆着 清运 没人倒 没人收走 没人清走 堆成山 堆在
undone: 没人搬 没人送 不送 送到 搬 抬 送进来 送到点 送上去 往里送 不肯送 能送到 没人卸 放在 搁 撂 送进 送上 直接送 就走了
lost: 丢 偷 不见 被拿 找不到 丢失 被人拿走 少了东西 丢了
pricey: 贵 太贵 涨价 收费
danger: 怕 危险 害怕 安全隐患 出事 不稳 不敢 不放心 悬 不敢上 不敢用 不敢下 怕塌
fall: 摔 滑 踩空 滑倒 摔倒 绊 摔了一跤 崴 夹
mixed: 混在一起 没有分开 不分开 混住 分开 混着 避开 隔开 混放 混在 谁的都堆 搞混 混一间 不单独
scattered: 扔得 到处 乱扔 满地 乱丢 到处丢
queueing: 错峰 分时间 挤一起
fake: 代签 补的 造假 没做 没消 实际没
untreated: 没消 没消杀 没消毒 没人擦 没擦 没人消毒 没处理 没经处理 直接 没人消 没来消 没人来消 没消过 没消毒过
delay: 还没 迟迟 一直没 到现在 三天没 好几天
overwork: 连着 连轴 没休 十六小时 十四小时 太累 受不了 超时 没歇过 一次没歇 连上 连续 没休过 两班倒 人熬垮
ventilate: 闷 憋 不透气 不通风 打不开窗 头晕 头疼 喘不上
crowd: 挤 拥挤 太密 塞 超了 超员 人均 挤在
change: 换 调 更换 改 调整 换一 换成 换新
install: 装 安装 加装 搭 设 放一 配 建 多装 再加一台 加一 搭一 铺 画 弄个 放个 摆 挂
open: 开放 打开 放开
move: 挪 挪远 搬走 换位置 挪走 挪到 改到 换到 靠近 放到
praise: 谢谢 感谢 表扬 点赞 辛苦 多谢 暖心 好评 感动 太好了 贴心
suggest: 建议 希望 最好 提议 意见 改进
patient: 耐心 态度好 热情
borrow: 借 借一 借用 调一 调过来
repay: 退 退回 退掉
teach: 教 不会 怎么用 培训 比例 兑多少 怎么配 说明书 没人教 没培训 怎么戴 不懂
when: 什么时候 几号 哪天 多久 哪一天 什么时间 几点 多长时间 几小时 何时 还要等
how: 怎么 流程 程序 怎样 如何
where: 哪里 哪儿 什么地方 哪家 去哪 哪个
what: 哪些 什么材料 带什么 准备 需要带
whether: 能不能 可不可以 行不行 让不让 能否 是不是 要不要 可以吗 准不准 行吗 能吗 算不算 还是 批不批
why: 为什么 凭什么 什么道理
who: 谁
itch: 痒 咬 叮 包
tired: 睡不着 没法睡 睡不好 整宿 失眠 睡不踏实 睡不好觉 打瞌睡 没睡
nobody: 没人管 没人修 没人值班 没人换 没人来看 没人理会 没人负责
merge: 合并 合成
pay: 报不报 掏钱 出钱 工钱 谁出
loud: 声音大 太吵 响
slow: 太慢 慢
far: 离得远 远 走十几分钟 来回
near: 靠厕所 挨着
`;

/** Rooms and spots of a site, apart from numbered ones. */
export const spots = `
canteen: 食堂 餐厅 饭堂
kitchen: 厨房 后厨
gate: 大门 大门口 门岗 门口 门外 入口 大门外
gate.south: 南门
gate.north: 北门
gate.east: 东门
gate.west: 西门
dormitory: 宿舍 寝室 板房 房间 屋 屋里 房 住的那间 倒班楼 宿舍楼 生活区 宿舍区 备勤房 值班宿舍
bathroom: 浴室 澡堂 淋浴间 洗澡间
restroom: 厕所 卫生间 公厕
corridor: 走廊 过道 楼道 通道
basement: 地下室 负一层 地库
office: 项目部 办公楼 办公室
workshop: 车间 厂房
yard: 堆场 料场
shaft: 井下 井口 盾构井 始发井
tunnel: 隧道 掌子面 洞里 洞口
tower: 主塔 塔楼 高处
pier: 墩 桥墩 承台
wharf: 码头 栈桥
pumphouse: 泵房 泵站
dosing: 加药间
laboratory: 化验室 试验室
control: 中控室 监控室
depot: 仓库 库房 物资间
garage: 车库 停车场 车队
isolation: 隔离房 隔离间 隔离点 隔离楼 隔离区
pit: 基坑 坑边
clinic: 医务室 卫生室
meetingroom: 会议室
incinerator: 焚烧线
road: 便道 路上 马路 高速
roof: 楼顶 屋顶 屋面
site: 作业面 工地 现场 工区
checkpoint: 检查站 卡口 路口
stairs: 楼梯 楼道
upstairs: 楼上 三楼 二楼
`;

/** Who it is about: trades, crews, shifts. */
export const crews = `
rebar: 钢筋班 钢筋工 绑钢筋
carpentry: 木工班 木工 木匠
scaffolders: 架子班 架子工
welders: 焊工班 焊工 电焊工
concrete: 混凝土班
shield: 盾构班 盾构
segments: 管片班 管片工
excavation: 开挖班
lining: 二衬班 支护班
mucking: 出渣班
erection: 架梁班
piling: 桩基班
mainTower: 主塔班
marine: 水上班组 水上
plumbing: 水电班 水暖
plaster: 抹灰班 泥瓦班
electricians: 电工班 电工
laboratory: 化验班 化验员 试验组
dosing: 加药班
maintenance: 检修班 维修班 抢修队
operation1: 运行一班
operation2: 运行二班
operation3: 运行三班
upkeep1: 养护一班
upkeep3: 养护三班
patrol: 巡查班 巡查
transfer: 转运班 转运
loading: 装卸班
fleet: 车队
guards: 保安 保安队 门卫
cleaners: 保洁班 保洁员 保洁
cooks: 厨师 炊事
survey: 测量组
women: 女工 女生 女同事 女同志 女
men: 男工 男同志 男浴室 男
night: 夜班 大夜 夜里上班 值夜 晚班
day: 白班 日班
drivers: 司机 驾驶员
newcomers: 新来 新到 刚到 刚进场 新进
formal: 正式工
`;

/** Which meal of the day. */
export const meals = `
breakfast: 早饭 早餐 早点
lunch: 午饭 午餐 中饭 中午的盒饭 中午的饭
dinner: 晚饭 晚餐 晚上的盒饭
night: 夜宵 宵夜 夜班餐 夜餐
`;

/** Said by everybody about everything. */
export const fillers =
  '麻烦 请问 请 尽快 赶紧 处理 一下 谢谢了 帮忙 帮助 安排 解决 反映 我们 我 你们 他们 大家 同志 师傅 工友 同事 的人 有人 这边 那边 这里 那里 我们这 今天 昨天 昨晚 现在 目前 刚才 已经 都 也 就 才 又 还 很 太 的 了 是 在 把 被 给 到 从 和 与 跟 对 得 地 着 过 吗 呢 吧 啊 呀 领导 您好 你好 尊敬 有 一 个 这 那 只 好 会 可以 因为 所以 但是 不过 全 里 上 下 来 去 说 让 做 些 点 最近 一直 老 天天 今晚 晚上 夜里 今早 早上 上午 下午 中午 白天 今夜 明早 明天 今天上午 这几天 几天 好几天 好些 两天 刚 刚刚 再 没 不 被 要 想要 需要 申请 该 得 请 各位 多 挺 特别 真 非常 通知一下 看看 看一下 问 问下 咨询 一点 一些 有点 有些 就是 那个 这个 那种 自己 别的 其他 能够 弄 搞 拿 用 每 第 以后 之后 之前 以前 前 后 时候 每天 几 位 名 人 号 等 急 紧急 希望能 能 想';
