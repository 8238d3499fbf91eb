/** What was counted and learnt. Written by `npx tsx bench/learn.ts write`; how, is said there. */

/** Where the feature is no greater than `upTo` it goes on `low`, else `high`; at the end it `adds` to the log odds. */
export type Tree = { feature: string; upTo: number; low: Tree; high: Tree } | { adds: number };

/** How many texts were counted. */
export const texts = 1448;

const counted = `
t/meal 95
t/meal.staple 3
p/deny 111
p/undone 52
p/nobody 7
s/dormitory 142
k/早 56
k/饭 77
k/送 132
k/到 211
k/生 82
k/活 77
k/区 84
k/就 125
k/没 442
k/人 519
k/管 47
k/了 496
k/等 61
k/班 271
k/组 66
k/手 78
k/上 251
k/米 19
k/都 129
k/硬 5
b/早饭 8
b/饭送 4
b/送到 33
b/到生 4
b/生活 36
b/活区 31
b/区就 3
b/就没 8
b/没人 74
b/人管 10
b/到班 3
b/班组 62
b/米饭 3
b/饭都 3
t/stock 22
t/warehouse 19
p/chill 27
s/depot 18
c/day 43
k/晚 74
k/的 361
k/盒 45
k/仓 19
k/库 26
k/白 65
k/凉 9
b/晚上 38
b/上的 15
b/的盒 11
b/盒饭 17
b/仓库 17
b/白班 43
b/早就 4
b/凉了 3
p/far 15
p/whether 184
s/site 110
s/canteen 35
k/现 151
k/场 198
k/离 85
k/食 37
k/堂 41
k/远 6
k/能 224
k/不 591
k/直 25
k/接 61
k/作 42
k/业 39
k/面 57
k/来 228
k/回 102
k/走 63
k/要 209
k/四 78
k/十 127
k/分 47
k/钟 24
b/现场 103
b/食堂 37
b/晚饭 7
b/饭能 3
b/能不 147
b/不能 157
b/直接 6
b/接送 6
b/作业 35
b/业面 3
b/面来 3
b/来回 9
b/走要 4
b/四十 5
b/十分 9
b/分钟 11
k/点 153
b/到点 3
p/late 10
c/maintenance 22
k/我 266
k/们 90
k/检 71
k/修 46
k/两 135
k/个 249
k/中 32
k/一 421
k/多 63
k/才 10
k/拿 11
k/透 8
b/我们 74
b/们检 3
b/检修 24
b/修班 22
b/班两 9
b/两个 21
b/个人 78
b/中饭 3
b/十一 8
b/一点 10
b/点多 7
b/透了 5
c/night 75
k/夜 105
k/三 104
b/们夜 5
b/夜班 77
b/班三 5
b/三个 24
b/人晚 7
t/meal.car 4
t/driver 17
t/meal.warmer 4
p/stop 90
p/change 143
c/drivers 15
k/餐 34
k/车 110
k/午 28
k/二 59
k/半 40
k/停 65
k/在 189
k/值 14
k/室 29
k/司 32
k/机 60
k/肯 4
k/往 5
k/里 146
k/保 37
k/温 19
k/箱 42
k/也 31
k/带 22
k/请 453
k/协 52
k/调 87
k/位 49
b/送餐 8
b/餐车 3
b/中午 10
b/午十 3
b/十二 9
b/二点 3
b/点半 8
b/停在 7
b/在值 3
b/值班 11
b/班室 11
b/司机 19
b/机不 6
b/不肯 4
b/里走 4
b/保温 4
b/温箱 4
b/也没 15
b/没带 4
b/请协 34
b/协调 46
b/调送 4
b/点位 4
k/七 42
b/上七 4
b/七点 6
b/点停 5
p/short 419
p/delay 30
k/少 25
k/九 59
k/份 58
k/有 221
k/吃 65
b/少了 8
b/了九 7
b/班有 6
b/有人 37
b/人到 4
b/到现 14
b/现在 38
b/在没 5
b/没吃 4
b/吃上 3
b/了四 16
k/今 61
k/天 339
k/实 30
k/1 59
k/0 50
k/够 45
k/还 91
k/差 26
k/3 41
k/马 13
k/补 67
b/今天 30
b/天实 4
b/10 12
b/00 4
b/0人 21
b/人早 6
b/饭没 12
b/没送 3
b/够还 3
b/还差 4
b/差1 4
b/13 5
b/份请 8
b/请马 10
b/马上 13
b/上补 4
k/2 52
b/30 6
b/23 5
t/meal.dish 24
p/spoiled 22
p/broken 137
k/菜 31
k/是 121
k/酸 22
k/好 48
k/几 74
k/完 45
k/倒 14
b/天的 15
b/好几 9
b/几个 13
b/人吃 4
b/吃了 5
b/了没 25
b/完就 5
b/倒了 3
k/肉 5
k/味 26
k/肚 6
k/子 116
k/服 31
b/肚子 6
t/shower.hours 8
k/下 124
k/东 26
k/西 16
k/关 26
k/门 122
k/加 31
k/顿 5
k/宵 4
b/两点 4
b/点下 3
b/下来 19
b/来没 11
b/东西 16
b/关门 4
b/门了 4
b/了能 18
b/能加 8
b/加一 4
b/班一 7
t/roster 16
t/notice 34
k/从 24
k/明 66
k/起 33
k/增 10
k/五 74
k/名 80
k/单 86
k/变 14
k/只 87
k/数 16
k/通 76
k/知 47
k/配 44
b/从明 4
b/明天 25
b/五个 13
b/人的 12
b/餐名 4
b/名单 23
b/份数 4
b/通知 23
b/配餐 7
b/餐点 4
b/四个 8
t/meal.menu 7
p/overwork 28
p/itch 38
k/连 27
k/着 103
k/包 50
k/豆 5
k/腐 5
k/换 94
k/花 16
k/样 49
b/连着 8
b/着两 3
b/两天 26
b/天都 5
b/都是 12
b/豆腐 3
b/能换 10
b/换换 3
t/meal.soup 3
k/快 48
k/星 13
k/期 95
k/汤 3
b/快一 13
b/一个 60
b/个星 13
b/星期 13
k/量 28
k/太 36
k/干 43
k/力 10
k/气 23
k/根 11
k/本 18
k/饱 4
b/太少 6
b/干的 5
b/的是 10
b/活一 4
b/一盒 6
b/根本 4
b/吃不 8
k/每 40
k/次 50
k/轮 25
k/打 50
k/剩 23
b/我在 16
b/在班 10
b/组上 3
b/每次 12
b/轮到 3
b/到我 9
b/打饭 6
b/只剩 19
k/素 12
b/在作 7
b/业点 20
b/菜了 3
k/把 19
k/地 74
k/盖 12
k/看 54
k/法 64
b/早餐 3
b/地上 7
b/子没 5
b/看着 6
b/没法 42
b/法吃 4
k/踩 10
b/子都 5
b/了看 3
t/vehicle 72
p/what 6
k/出 138
k/给 69
k/准 13
k/备 26
b/四点 3
b/备一 4
b/一直 13
b/到十 3
b/十点 3
k/大 61
k/亮 11
b/到天 5
t/hours 32
t/crowding 21
t/stagger 4
p/queue 38
k/领 29
k/排 66
k/小 45
k/时 86
k/队 33
k/挤 11
k/口 120
k/误 10
k/错 13
k/真 14
k/开 111
b/要排 4
b/半个 9
b/个多 8
b/小时 20
b/人挤 5
b/挤人 5
b/都要 3
b/错开 4
t/haircut 5
p/foreign 6
p/where 12
k/头 66
k/发 116
k/照 17
k/片 13
k/查 43
k/哪 38
k/家 120
b/饭里 4
b/头发 3
b/有照 4
b/照片 4
b/请查 10
b/一下 32
k/钢 5
k/丝 5
b/钢丝 3
t/wires 4
t/supplier 14
p/suggest 45
k/公 26
k/续 16
k/工 196
k/意 25
k/见 23
k/很 15
k/线 65
k/路 20
k/或 12
k/供 19
k/应 25
k/商 16
b/公司 9
b/连续 8
b/四五 18
b/五天 23
b/晚到 4
b/到一 7
b/个钟 11
b/钟头 13
b/工人 12
b/意见 9
b/很大 3
b/请换 18
b/线路 4
b/供应 12
b/应商 10
k/骂 7
b/人都 10
b/都在 12
k/坏 39
k/度 27
k/住 54
k/过 80
b/坏了 31
b/九个 15
b/不住 8
b/住请 6
b/请调 13
b/过来 9
b/了两 19
t/water 41
k/水 114
k/碗 4
k/洗 43
b/下午 12
b/午两 3
b/停水 4
b/还没 21
b/没来 15
b/洗不 4
b/不了 49
k/宿 56
k/舍 54
k/楼 27
b/宿舍 54
b/舍二 11
b/二楼 13
t/door 39
t/labour 67
p/loud 10
k/受 18
k/影 9
k/响 8
k/阀 4
k/找 19
k/原 48
k/因 4
k/派 45
b/五点 4
b/12 11
b/2人 3
b/影响 5
b/门没 4
b/找到 4
b/请派 19
b/派人 13
b/上午 5
b/九点 5
b/二十 22
b/十多 17
b/多人 13
t/water.tap 8
t/outing 45
t/water.drink 23
p/dirty 28
p/danger 58
k/龙 6
k/放 57
k/铁 4
k/敢 34
k/喝 17
b/水龙 4
b/龙头 5
b/出来 20
b/来的 23
b/的水 4
b/水有 3
b/不敢 30
t/analyst 4
t/report 8
t/dispenser 13
p/expired 36
k/质 15
k/测 53
k/报 53
k/告 18
k/和 106
k/房 67
k/处 33
k/重 16
k/新 41
k/取 6
k/安 61
b/检测 16
b/测报 6
b/报告 8
b/到期 16
b/期了 10
b/了食 4
b/堂和 3
b/开水 11
b/水房 7
b/两处 3
b/要重 6
b/重新 3
b/样请 3
b/请安 16
b/安排 36
t/heater 6
t/water.boiled 10
t/medicine 52
t/water.hot 8
k/热 34
k/器 14
k/药 69
b/区的 6
b/热水 10
b/水器 4
b/器坏 5
b/了快 3
b/打不 8
b/不到 24
b/都没 16
b/没热 5
b/舍的 3
b/天打 3
t/water.barrel 16
k/桶 21
k/装 39
k/断 30
b/桶装 11
b/装水 12
b/水断 3
b/断了 20
b/班十 7
b/十来 29
b/来个 6
b/人不 18
b/不够 23
b/够喝 3
b/水只 3
b/十几 24
b/喝不 4
k/存 28
k/按 34
k/升 7
k/算 24
k/前 40
k/8 34
b/库存 8
b/存只 4
b/每人 4
b/人三 3
b/算不 9
b/够今 7
b/今晚 23
b/午前 3
b/前送 11
b/28 4
k/7 23
b/剩九 3
b/请明 9
p/warm 15
k/外 63
k/阳 14
k/底 23
k/晒 6
k/得 59
k/八 66
k/光 7
b/在外 7
b/外头 4
b/干活 21
b/底下 3
b/少早 3
b/早上 17
b/上八 6
b/八点 14
b/点就 5
b/光了 3
t/water.bottle 4
k/瓶 16
b/组干 3
b/一天 36
b/天就 8
b/就发 3
b/发两 5
b/天热 3
t/power 28
k/电 50
k/再 11
k/台 26
b/没电 5
b/电能 3
b/一台 8
k/老 62
k/闸 9
k/锁 13
b/回来 31
b/水喝 3
b/就锁 4
t/toiletries 6
p/size 17
k/压 19
k/漱 6
k/那 27
k/么 90
b/太小 3
b/洗漱 6
b/只有 7
b/有一 9
b/一根 5
b/那么 4
b/了我 14
b/没水 4
k/饮 8
k/久 10
k/清 42
k/吗 59
b/里面 4
b/好久 3
b/久没 5
b/人清 4
b/清洗 3
b/能看 4
b/看一 5
b/下吗 6
k/青 3
t/pipe 7
p/leak 34
k/这 35
k/边 29
k/漏 19
k/全 60
k/进 93
k/砖 3
b/这边 4
b/水管 6
b/漏了 4
b/上全 5
b/全是 18
b/是水 7
b/进出 8
b/砖头 3
t/rest 52
k/休 26
k/息 24
k/间 90
b/休息 16
b/息间 8
t/plumber 4
k/支 12
k/裂 7
k/需 34
k/总 5
k/抢 10
k/并 24
k/先 26
b/需要 24
b/抢修 6
b/水工 4
s/gate 65
b/大门 18
b/门口 29
p/untold 17
k/产 8
k/日 22
k/道 54
k/麻 11
k/烦 5
b/送来 8
b/的桶 4
b/水没 6
b/没有 87
b/生产 5
b/产日 4
b/日期 7
b/期不 7
b/不知 13
b/知道 20
b/道能 4
b/麻烦 5
b/查查 4
t/tank 4
p/noreply 45
k/临 20
k/成 15
b/临时 19
b/水箱 4
b/箱水 4
b/位不 4
b/送水 5
b/水车 4
b/天没 31
b/来请 14
b/一车 4
k/转 28
k/身 20
k/难 12
b/一间 12
b/间住 3
b/住了 4
b/调开 4
t/shoes 7
k/鞋 13
k/方 34
b/了八 5
b/八个 19
b/的地 4
b/地方 16
t/bed 47
p/crowd 14
c/newcomers 23
k/床 35
k/张 26
b/班新 3
b/新来 5
b/人没 20
b/床位 9
b/天来 7
b/一张 9
b/张床 3
k/铺 16
b/两三 7
b/三天 33
t/bedding 12
k/第 24
k/被 59
k/凑 4
k/合 31
b/场第 6
b/第三 4
b/天了 26
b/了还 15
b/到床 4
b/床被 4
b/被子 7
k/缺 43
k/5 25
k/行 53
k/军 4
k/褥 4
b/新进 14
b/进场 30
b/场十 14
b/来人 26
b/人今 5
b/还缺 4
b/行军 4
b/军床 4
b/被褥 4
b/0张 3
k/板 26
k/塌 3
k/块 14
k/垫 13
k/睡 28
b/了一 39
b/一块 7
b/换一 8
k/翻 8
k/动 41
b/翻身 5
b/上不 6
b/敢动 3
b/动请 5
k/驻 61
k/4 38
k/腰 8
k/疼 20
k/厉 8
k/害 8
k/想 53
k/正 15
k/经 11
b/驻场 59
b/场4 3
b/40 9
b/腰疼 4
b/疼得 5
b/得厉 8
b/厉害 8
b/想换 8
t/room 24
p/tired 11
k/雨 23
b/漏雨 4
b/上铺 6
b/铺没 4
b/法睡 3
b/人要 12
b/要换 7
b/方住 4
t/seep 5
t/materials 20
k/渗 5
k/置 17
k/防 31
k/材 23
k/料 36
b/板房 8
b/渗水 5
b/几人 17
b/人需 6
b/安置 10
b/材料 23
b/20 13
t/aircon 6
k/空 33
k/制 3
k/又 24
k/薄 5
b/上空 4
b/空调 6
b/调不 3
b/不制 3
p/mixed 12
k/混 18
k/他 36
b/班夜 4
b/我下 3
b/下夜 10
b/他们 8
b/床请 6
b/请按 8
b/按班 4
b/分开 4
k/爬 5
k/去 85
b/不好 12
b/不上 29
b/上去 9
b/去能 10
b/能调 6
b/调个 4
t/socket 3
t/charger 7
t/charging 3
p/install 78
k/插 3
k/座 7
k/六 49
k/充 7
b/房间 15
b/间里 3
b/插座 3
b/就一 4
b/六个 10
b/人抢 4
b/充电 7
t/lock 11
k/心 19
k/冷 14
b/舍门 4
b/门锁 6
b/锁坏 3
b/西不 3
b/不放 9
b/放心 6
t/noise 6
t/snore 4
t/smoking 4
k/同 76
k/屋 28
k/呼 9
k/抽 17
k/烟 6
k/提 21
b/同屋 10
b/打呼 4
b/抽烟 4
b/提了 4
b/了几 6
b/次没 7
b/换个 6
b/个房 6
t/isolationtime 24
k/静 22
k/止 25
k/占 4
k/用 121
k/后 36
k/邻 6
k/近 8
k/站 32
b/静止 21
b/止期 12
b/缺口 8
b/请从 6
b/站点 16
p/invalid 40
k/图 8
k/际 6
k/对 28
k/核 46
b/和实 4
b/实际 4
b/对不 8
b/两张 4
b/着请 3
b/人核 4
b/核实 8
t/shower 18
t/shower.head 4
s/bathroom 14
k/浴 13
k/喷 18
k/澡 13
b/浴室 8
b/喷头 3
b/一半 8
b/22 7
b/排队 8
b/洗澡 8
b/要等 4
b/到半 3
b/半夜 6
b/了三 6
t/drain 6
p/blocked 12
p/overflow 6
k/堵 12
k/脚 17
k/别 32
k/脏 4
k/恶 4
b/下水 5
b/水道 3
b/到脚 3
b/别人 19
b/恶心 4
t/toilet 31
p/smell 31
s/restroom 27
k/厕 32
k/所 30
b/厕所 28
b/堵了 3
b/人通 6
b/味道 11
b/大得 3
k/熏 3
b/到宿 6
k/满 24
k/溢 3
k/粪 6
k/运 25
b/车进 10
b/进不 15
b/不来 19
b/通行 21
t/overtime 14
t/dustless 7
k/灰 9
b/间没 7
b/班下 4
b/下班 12
b/组下 5
p/borrow 20
k/锅 5
k/障 6
k/无 17
k/维 9
k/借 18
k/移 8
k/淋 13
b/人无 4
b/法洗 4
b/维修 4
b/借用 4
b/移动 8
b/淋浴 5
t/lamp 7
k/摸 7
k/黑 8
b/所没 5
k/纸 15
b/上没 13
t/clothes 7
t/laundry 4
k/衣 26
k/馊 3
b/洗衣 6
b/衣服 10
b/天工 7
b/工作 7
b/服都 4
b/服没 5
b/没地 4
t/rubbish 16
p/uncollected 14
k/旁 4
k/垃 13
k/圾 13
b/旁边 4
b/垃圾 13
b/满了 4
b/就在 4
b/吃饭 7
b/饭的 7
b/边上 6
k/短 4
b/时间 14
b/间太 3
b/太短 3
b/锁了 4
b/几天 25
c/women 22
k/女 22
k/志 16
k/独 31
k/隔 79
b/女同 12
b/同志 4
b/就我 10
b/个没 6
b/单独 27
b/能隔 4
b/隔出 4
b/七个 7
t/ventilation 14
p/ventilate 21
k/憋 4
b/上十 4
b/憋得 4
b/难受 3
b/动厕 4
b/多个 3
k/最 17
b/点干 3
b/最近 6
b/放个 4
t/approval 52
k/申 61
k/卫 19
k/设 21
b/申请 47
b/场新 3
b/开工 12
b/区没 5
b/卫生 19
p/fall 10
k/师 33
k/傅 29
k/昨 20
k/摔 6
b/师傅 29
b/昨天 20
b/摔了 5
k/友 25
b/工友 25
k/理 20
k/已 61
k/月 25
k/统 26
k/联 18
k/系 21
b/理发 4
b/已经 9
b/停了 11
b/多月 4
b/月现 6
b/人想 6
b/统一 19
b/一安 4
b/排一 6
b/一次 15
b/请联 4
b/联系 18
t/shop 17
k/卖 6
k/部 14
k/货 27
b/38 9
b/纸用 3
b/用完 24
b/完了 19
b/了小 6
b/小卖 4
b/卖部 4
b/没货 5
k/9 30
k/须 5
k/刀 3
b/19 7
b/9天 4
k/超 20
k/另 6
k/粉 8
b/人驻 4
b/场超 4
b/超过 8
b/十天 7
b/漱包 4
b/要洗 6
b/请2 3
k/内 11
k/买 35
b/班四 4
b/出不 22
b/不去 29
b/买不 4
t/socks 3
k/袜 3
b/袜子 3
b/子出 3
k/候 18
k/代 28
k/件 34
b/的时 7
b/时候 18
b/能统 3
b/一代 5
b/代买 9
t/luggage 7
k/降 7
k/帮 26
b/子里 3
b/里没 16
b/能帮 11
k/巾 6
k/事 35
k/悄 4
b/同事 21
b/人请 24
b/请悄 4
b/悄悄 4
b/悄送 4
b/巾没 3
k/性 13
k/品 11
k/袋 19
b/女工 6
b/四人 7
b/人申 4
b/用品 7
b/请单 10
b/独装 4
b/工七 3
b/七人 5
t/order 4
k/忙 14
b/买的 4
b/的东 3
b/没到 8
b/到请 7
b/请帮 12
b/帮忙 12
b/两样 3
k/购 16
k/收 35
k/齐 6
k/采 36
k/员 49
k/急 33
b/代购 8
b/单已 4
b/已收 4
b/收齐 4
b/排采 4
b/采购 8
k/比 5
k/价 3
k/钱 21
b/外面 18
t/phone 7
t/family 51
k/跟 21
b/手机 7
b/机充 3
b/电线 3
b/线坏 3
b/家里 39
b/系不 4
b/上能 5
b/买一 4
p/fog 7
k/镜 6
k/副 4
k/百 9
b/我的 15
b/的老 7
b/看不 11
b/不清 4
b/配一 4
p/pay 16
k/自 21
k/己 21
b/自己 21
k/磨 5
k/穿 11
k/码 29
k/劳 16
k/双 17
k/湿 14
b/的劳 4
b/劳保 4
b/保鞋 4
b/鞋和 4
b/子想 4
b/想要 4
b/要一 5
b/下雨 6
b/要两 3
b/两双 3
t/mosquitoes 4
k/蚊 4
b/蚊子 3
b/哪里 4
b/里能 4
b/一晚 7
k/架 9
k/绳 4
k/堆 10
k/些 6
b/都堆 3
b/能发 4
b/发一 7
t/slippers 4
k/李 6
k/拖 12
k/毛 4
k/各 11
k/6 16
k/之 3
b/行李 6
b/拖鞋 4
b/6份 3
b/份今 3
b/天之 3
b/之内 3
b/14 3
b/饭前 3
b/前用 3
t/meal.meat 4
k/做 31
b/组有 8
b/有两 10
b/不吃 3
t/meal.halal 10
k/民 4
b/我是 8
b/清真 10
b/真餐 6
b/来了 7
b/天只 5
b/只能 10
b/能吃 7
b/己带 4
k/落 10
k/替 15
b/三人 8
b/没着 5
b/着落 5
b/替代 4
b/九人 13
t/grain 6
k/血 21
k/糖 7
k/高 23
k/杂 3
k/粮 4
b/有工 7
b/血糖 3
b/饭现 4
b/天天 13
b/吃白 4
b/饭不 3
b/敢吃 4
k/尿 8
k/病 21
b/糖尿 3
b/尿病 3
k/特 8
k/殊 4
k/普 8
b/报了 6
b/特殊 4
b/殊餐 4
b/来还 6
b/还是 13
b/是普 4
b/普通 8
b/四天 18
k/低 10
k/贴 20
b/班五 6
b/五人 9
b/高申 4
b/不要 18
b/里全 3
p/taste 5
k/刚 21
k/术 5
k/辣 3
b/刚做 3
b/手术 3
b/每天 19
b/一份 21
k/软 5
b/能做 3
t/meal.noodle 8
k/牙 4
k/掉 10
k/咬 3
k/煮 4
k/条 27
b/掉了 4
b/不动 8
b/能给 14
b/给煮 4
k/敏 4
k/写 15
b/花生 3
b/生过 3
b/过敏 4
b/没写 4
b/料不 4
b/吃请 6
k/海 3
k/鲜 3
b/海鲜 3
k/痛 6
k/风 28
k/犯 4
k/碰 9
b/犯了 4
b/都不 13
b/给我 8
t/window 18
t/meal.cutlery 4
k/窗 18
b/窗口 4
b/我没 4
b/请分 6
t/doctor 10
k/医 54
k/叫 23
b/出血 6
b/血压 12
b/医生 8
b/生叫 4
b/堂的 3
b/的菜 5
b/做一 4
t/delivery 13
k/计 10
k/具 10
b/统计 4
b/天早 8
b/配送 10
k/怀 10
k/孕 14
k/岗 110
k/养 4
b/一名 19
b/事怀 4
b/怀孕 8
b/在岗 16
b/岗需 4
k/标 13
k/签 14
k/更 14
b/发了 5
b/更换 6
k/n 12
b/班的 12
b/n9 12
b/95 12
b/只够 20
b/点前 8
b/前要 6
b/要补 7
b/3盒 3
b/天一 17
t/mask 44
t/mask.n95 10
k/罩 45
k/该 8
b/上班 14
b/班发 4
b/发的 13
b/口罩 44
b/按岗 4
b/岗位 8
b/不是 6
t/suit 26
t/visor 8
k/露 6
k/护 31
k/套 36
k/屏 9
b/位调 4
b/防护 23
b/标准 6
b/要提 4
b/请防 4
b/护服 18
b/面屏 7
b/0套 3
k/汗 7
k/会 29
k/儿 15
b/罩一 3
b/一人 6
b/人一 9
b/个干 4
b/出汗 5
b/一会 3
b/会儿 3
k/戴 20
b/两小 4
b/时就 5
k/说 135
b/医用 4
b/三次 6
b/次都 6
b/都说 4
b/说没 19
b/没得 7
b/得换 3
b/两次 8
b/等明 3
b/天班 3
b/班没 5
b/发口 4
b/班就 4
b/了只 3
b/场申 6
b/申领 11
b/用外 4
b/70 3
b/0只 10
b/晚夜 3
b/班前 7
b/到门 7
b/门岗 30
b/50 3
b/晚八 5
k/号 17
b/的防 8
b/码不 4
b/不对 7
s/isolation 28
b/点的 3
b/的工 10
b/隔离 67
b/离区 8
b/的师 6
t/raincoat 6
b/雨衣 5
b/就透 3
b/一套 4
t/gloves 15
t/disinfectant 38
p/quality 25
k/消 86
k/毒 55
k/破 11
b/手套 15
b/套一 6
b/消毒 50
b/毒水 7
b/就破 5
b/天要 4
b/只发 5
b/们班 4
b/是外 4
b/外包 8
b/包的 4
b/护用 4
b/最后 3
b/一样 10
b/班是 5
b/场1 6
b/按三 5
b/天量 4
k/于 6
b/发现 6
b/够三 4
b/低于 4
b/安全 11
b/线请 4
b/请补 16
b/补到 4
b/七天 10
b/够两 3
t/goggles 4
t/form 9
k/目 9
k/雾 7
k/仪 9
k/表 17
k/型 4
b/护目 4
b/目镜 4
b/仪表 4
t/disinfection 35
k/杀 22
k/始 3
b/离衣 3
b/各缺 4
b/缺1 3
b/11 10
b/消杀 22
b/组明 3
b/天开 4
b/开始 3
b/用了 3
b/16 6
t/antigen 46
k/抗 45
b/抗原 40
b/四盒 3
b/全员 6
b/测还 4
b/人份 11
k/让 57
b/班今 4
b/的抗 8
b/没领 4
b/领到 4
b/没测 5
b/测不 9
b/不让 20
b/上岗 11
b/岗人 5
k/可 12
k/当 12
b/班里 12
b/里一 3
b/一支 4
b/让我 22
b/岗要 5
b/当天 8
b/场明 4
b/明早 6
b/六点 4
b/连夜 4
t/leaflet 3
p/teach 27
k/试 21
k/剂 18
k/书 4
b/原试 6
b/试剂 12
b/说明 3
t/swab 5
k/棉 3
b/采样 26
t/nucleic 14
b/核酸 17
b/酸采 4
b/早班 4
b/内要 3
t/sampling 22
t/community 36
k/拭 3
k/属 30
b/样点 6
b/拭子 3
b/属地 24
b/样队 6
b/提前 7
b/天发 4
b/不出 13
b/来要 7
b/补发 4
k/怕 13
k/失 7
k/效 9
b/在食 3
b/了半 7
b/半天 5
b/天怕 4
b/在生 4
b/17 3
k/什 32
b/我早 3
b/去领 4
b/领抗 4
b/发完 4
b/什么 32
k/咋 4
k/办 46
b/咋办 4
b/们白 11
b/这几 5
b/没发 13
b/期没 5
p/frozen 8
k/阴 4
k/冰 8
b/已备 4
t/return 39
k/返 45
b/返岗 34
b/岗十 3
k/批 45
b/这批 5
b/有效 4
b/六天 4
b/用不 6
b/不完 4
b/换货 4
k/液 25
b/84 16
b/4消 6
b/毒液 17
b/见底 4
b/底了 4
b/法消 6
t/alcohol 12
k/酒 10
k/精 10
b/酒精 10
k/共 4
b/天请 8
t/sprayer 8
t/mop 4
k/扫 11
k/擦 5
k/果 13
b/喷雾 5
b/雾器 5
k/背 5
k/负 4
k/式 5
b/六台 3
b/现有 4
b/七台 3
b/排不 5
b/不过 7
b/两台 6
b/有八 6
t/soap 7
b/洗手 14
b/手液 7
b/空了 9
k/层 3
b/没了 16
t/sanitizer 8
p/lost 8
k/免 7
b/口的 6
b/免洗 5
b/手消 7
b/进门 5
t/sink 7
t/concrete 8
k/池 11
k/灌 3
b/手池 5
b/池边 3
b/有洗 3
b/各要 4
k/跑 10
k/趟 8
k/触 4
b/的消 4
b/有了 8
b/趟车 4
b/能补 4
b/点吗 4
p/how 57
k/壶 3
k/怎 52
b/药水 8
b/水和 4
b/喷壶 3
b/怎么 52
t/cleaner 7
t/tablets 4
k/洁 7
k/烂 8
b/保洁 7
b/套都 4
b/烂了 6
b/毒片 4
b/岗保 3
k/呛 6
k/流 24
k/眼 15
k/泪 4
b/人说 7
b/呛得 5
b/直流 3
b/给个 8
b/个量 4
t/medwaste 15
t/medwaste.bag 8
k/废 19
k/黄 11
k/暂 8
b/医废 14
b/废黄 4
b/黄袋 5
b/废暂 4
b/暂存 6
b/存点 6
b/快用 5
b/量不 3
b/天亮 9
b/亮前 4
b/要用 6
b/了班 4
b/一早 7
k/顶 21
b/就要 5
b/要十 3
b/过去 3
b/场的 4
t/schedule 21
k/零 4
k/紧 8
b/要接 4
b/接班 5
b/请紧 4
b/紧急 8
b/急调 4
b/敢上 3
b/在门 3
b/同时 6
b/了现 8
b/场2 4
b/天下 3
b/么都 4
b/同一 6
b/天还 6
k/为 6
b/已停 4
b/停发 4
b/人在 18
b/早送 3
b/天已 4
b/点借 4
b/人只 4
b/九箱 4
b/了说 10
b/来天 5
b/就断 3
k/控 13
k/立 6
b/应急 6
b/和饮 4
b/饮用 6
b/用水 6
b/够六 4
b/地临 4
b/出请 4
t/cook 4
k/听 13
k/慌 7
b/堂师 4
k/异 18
k/常 19
k/情 4
b/全空 4
b/刚出 6
b/出了 7
b/了异 4
b/异常 18
b/罩都 3
b/了不 7
b/送点 8
k/必 4
b/废袋 3
b/点已 6
b/已满 8
b/满今 3
b/清运 8
b/必须 4
t/medicine.fever 6
k/退 20
k/烧 16
b/退烧 6
b/烧药 6
b/场请 8
b/补两 3
k/霉 6
b/箱口 3
b/罩有 3
b/的全 6
k/挂 8
k/耳 3
k/拉 18
b/批口 3
k/股 7
k/刺 4
k/鼻 12
k/晕 14
b/有股 4
b/刺鼻 4
b/久了 3
b/头晕 8
b/晕我 4
b/班都 7
t/certify 18
k/模 6
k/未 12
b/新到 3
b/发放 4
b/放请 6
b/请核 6
k/卡 19
k/胶 4
k/缝 6
k/整 11
k/浑 3
k/疑 4
k/假 12
t/strip 5
k/浓 4
k/封 34
b/试纸 5
b/浓度 4
b/24 5
b/请送 5
t/meal.milk 9
k/奶 9
b/还有 11
b/过期 15
b/有三 3
b/期一 3
b/一箱 3
b/十四 3
k/便 6
b/方便 4
b/便面 4
b/月了 4
b/还在 8
t/vegetables 6
p/open 4
k/蔬 6
b/蔬菜 6
b/菜包 6
b/打开 3
b/法做 4
k/臭 9
b/出水 3
t/cement 4
k/泥 5
b/鞋穿 3
b/水泥 5
k/形 4
k/危 5
k/险 13
b/变形 4
b/在现 5
b/活危 3
b/危险 5
p/who 34
k/结 20
k/抖 4
k/谁 37
b/里的 3
b/结块 4
b/是灰 3
t/approval.visit 4
p/repay 10
k/损 4
k/输 4
k/验 25
k/格 7
b/运输 4
b/坏请 4
b/验收 4
b/不合 6
b/合格 4
t/grain.rice 10
k/潮 5
k/问 42
k/题 6
b/大米 3
b/受潮 4
b/商说 3
b/问题 6
b/质量 4
b/条线 10
k/改 23
k/源 4
b/已单 4
k/坐 24
k/步 6
b/区有 4
b/人发 4
b/发热 5
b/热3 3
b/37 11
b/度已 3
b/坐着 5
b/下一 4
b/一步 6
b/发烧 7
b/3度 4
k/咳 12
b/屋的 4
b/一夜 4
b/9度 3
b/们三 3
b/跟他 4
b/他一 6
b/间怎 3
b/么办 15
k/嗓 5
k/像 10
k/割 4
b/4度 3
b/嗓子 5
b/回宿 4
b/哪儿 4
t/thermometer 6
k/体 22
k/显 7
k/示 12
k/待 12
k/你 8
k/话 16
b/头疼 4
b/体温 9
b/温计 4
b/显示 7
b/人待 4
b/在工 4
b/等你 4
b/你们 8
b/们回 5
b/回话 4
t/distemp 7
t/isolation 52
k/否 5
k/诊 4
b/场上 3
b/名师 5
b/温3 4
b/离间 13
b/请告 4
b/告知 4
b/是否 4
b/名同 8
b/名返 4
b/人员 31
b/第二 10
b/二天 7
b/两人 11
b/人怎 4
b/起来 3
b/子疼 4
b/要不 15
b/要先 4
b/隔开 4
k/针 8
k/胳 4
k/膊 4
b/胳膊 4
b/不起 3
b/有点 4
k/长 26
k/种 10
b/班长 12
b/长不 4
b/让进 9
k/症 6
k/状 8
k/累 4
b/我吃 4
b/了这 4
b/不算 9
b/症状 6
b/大家 12
p/sick 7
b/戴着 3
b/着口 5
b/坐在 4
b/上请 6
b/请来 8
b/人看 11
b/看看 8
b/拉肚 3
b/烧不 4
b/能送 7
k/复 61
k/指 8
k/导 10
b/测温 5
b/复测 4
b/指导 6
b/处置 6
b/八人 8
k/嗽 8
k/咽 4
b/咳嗽 8
b/停工 15
b/独安 6
b/置请 6
b/生条 4
b/到场 8
b/药和 4
b/六人 9
b/人有 4
t/shelf 3
b/人从 3
b/架子 4
b/子上 3
b/放行 8
b/人被 5
t/vehicle.ambulance 4
s/tower 6
k/约 4
k/识 6
k/醒 8
k/救 4
b/高处 6
b/两米 3
b/清醒 6
b/救护 3
b/护车 3
b/车被 5
b/堵在 4
b/门请 3
b/名工 3
t/bus 13
b/人还 4
b/派车 4
t/checkpoint 16
b/没用 3
b/查验 4
b/验过 4
b/过不 5
b/去请 6
k/喘 3
k/绿 8
k/色 6
b/酸结 5
b/结果 11
b/通道 10
k/突 6
k/然 4
k/吸 4
k/助 4
b/人突 4
b/突然 4
b/晕倒 4
b/叫不 3
b/送医 6
t/hospital 22
k/撤 4
k/院 24
b/人误 4
b/气体 5
b/通风 8
b/医院 18
p/shock 6
k/但 3
b/堂有 3
b/断电 3
b/口有 5
b/动不 4
b/下不 6
k/睛 8
k/石 4
k/冲 6
b/眼睛 8
b/进了 6
b/不开 14
b/要去 4
b/去医 6
k/肿 4
b/疼了 4
b/我去 6
b/我老 6
k/妇 6
k/红 4
k/陪 4
b/孕妇 4
b/家属 6
b/不在 5
b/身边 4
b/并派 4
t/permit 40
k/证 63
b/口司 4
b/有通 5
b/行证 17
t/medicine.pressure 3
b/友的 3
b/降压 3
b/压药 7
b/药只 4
b/九天 4
b/天外 4
b/送请 3
b/忙买 3
b/处方 4
b/在家 10
k/甲 3
b/药断 6
b/了五 3
k/印 6
k/密 12
b/密封 4
k/胰 4
k/岛 4
k/藏 4
b/胰岛 4
b/岛素 4
b/冷藏 4
b/要打 6
b/21 3
b/快没 3
b/场3 3
b/到货 5
b/冰箱 6
b/请配 4
p/slow 8
k/登 21
k/记 34
k/慢 8
b/登记 18
b/记了 4
b/慢病 4
b/药快 4
b/快断 6
k/集 12
b/用药 4
b/集中 4
b/15 3
k/社 14
b/班九 6
b/断供 3
b/社区 12
b/院要 4
b/本人 10
b/调线 4
b/线上 18
k/厂 9
b/的药 6
b/厂家 4
b/换了 7
b/请问 4
b/问问 4
b/药要 4
b/卡在 10
b/在老 6
b/老家 6
b/能走 6
b/病毒 4
b/能停 4
b/我不 9
b/想让 3
b/道请 4
k/专 17
k/交 30
b/后没 3
b/请走 4
b/专人 4
b/交接 13
b/公开 4
k/凝 5
b/去怎 4
b/的核 4
b/排到 3
b/天黑 3
b/在等 4
b/样人 3
b/请增 6
b/增派 6
b/两名 3
b/的检 3
b/做请 7
b/过了 5
b/十个 5
b/个小 8
b/没出 5
b/出门 6
b/岗不 6
b/了就 8
k/传 6
k/催 16
b/请催 4
k/觉 4
k/段 8
b/的人 30
b/人下 4
b/班睡 4
b/睡觉 4
t/code 12
k/健 7
k/康 19
k/解 12
b/健康 7
b/康码 5
b/了人 3
b/出去 7
b/去过 6
b/在大 4
b/口人 3
t/group 12
k/信 10
k/群 14
b/没收 10
b/收到 11
b/群里 12
b/没我 3
b/鼻子 6
k/字 14
b/身份 3
b/请改 8
b/改一 4
b/混管 6
b/里出 4
b/复核 4
k/入 10
b/场双 4
b/住九 3
b/实在 4
b/受不 6
t/wall 7
k/墙 7
b/离房 3
b/墙上 6
b/得睡 4
b/睡不 4
b/不着 5
b/要单 4
t/contact 8
b/密接 8
b/生间 3
b/间不 4
p/when 25
k/诉 5
b/告诉 5
b/多久 3
b/人送 3
t/volunteer 16
b/离的 3
b/保障 4
b/障员 4
b/不回 4
b/回消 4
b/消息 6
b/还不 4
b/人问 4
b/问谁 4
b/谁都 4
b/第五 3
t/release 26
k/除 8
k/确 10
k/认 11
k/周 13
b/解除 4
b/期的 4
b/1人 3
b/认请 4
b/离点 4
b/点没 5
b/原来 3
b/的床 4
t/wages 18
k/资 35
b/是密 4
b/阳性 8
b/吃过 4
b/饭要 4
b/工资 18
b/我自 4
b/带着 4
b/来隔 4
b/离冰 4
b/箱没 3
b/有药 3
p/untreated 11
b/屋转 4
b/剩我 4
b/我一 6
b/人来 8
b/来消 6
b/问我 4
t/callbell 3
b/夜里 12
b/呼叫 3
b/应请 4
p/move 10
b/个月 15
b/换到 4
b/能回 4
b/回家 8
b/家的 5
b/的班 5
b/在驻 5
b/就是 6
b/的活 4
t/leaving 10
k/母 4
k/婴 4
b/离岗 4
k/顾 6
b/个快 3
b/消请 4
b/照顾 6
b/老工 3
k/岁 4
b/五十 6
b/十五 3
b/调整 3
b/轮休 4
b/并配 4
k/搬 10
b/出院 4
b/两周 5
b/长说 6
b/人顶 4
t/checkup 4
k/建 41
k/议 38
k/定 17
b/体检 7
b/建议 38
b/请工 10
b/工会 10
b/会和 4
b/人力 8
b/一起 16
b/班六 4
k/乳 3
k/腾 4
b/方存 4
b/日子 4
b/到了 8
b/了出 3
b/了门 6
b/检查 11
b/查要 3
k/册 5
k/腿 3
b/腿脚 3
b/脚不 3
b/下太 4
b/太难 4
b/一楼 4
k/扶 4
b/和扶 4
b/扶手 4
k/年 11
b/今年 6
b/不见 3
b/能有 8
b/人单 4
k/婆 4
b/老婆 4
b/婆快 4
b/快生 4
b/生了 4
b/我驻 8
b/能让 4
b/我回 4
b/回去 4
t/documents 18
b/要属 4
b/地接 4
b/接收 8
b/收证 4
b/证明 21
b/明请 4
b/对接 8
k/闭 17
b/封闭 14
b/到底 9
b/到哪 3
b/哪天 3
b/里说 4
b/不一 12
b/么时 15
b/白天 3
b/天能 4
b/场走 3
b/屋里 10
b/得慌 5
b/场要 3
b/绿码 4
b/的都 4
k/文 3
k/答 10
b/场人 6
b/员的 4
b/答复 8
k/团 8
k/求 15
k/致 4
b/集团 4
b/要求 9
b/一致 4
b/谁的 9
b/的标 4
b/明确 8
t/courier 8
b/送货 4
b/机能 4
b/能进 3
b/厂区 3
k/程 14
b/圾清 4
b/运车 6
b/请给 12
b/流程 6
t/route 10
t/paint 4
k/画 4
k/审 16
b/分区 6
b/里送 4
b/审核 8
k/懂 4
b/别的 6
b/起吃 4
b/不懂 4
b/班能 3
b/包队 10
b/队的 4
b/的车 15
b/进来 5
b/要静 8
b/止两 3
b/料等 3
b/等着 13
k/环 3
b/天走 4
b/闭环 3
b/请答 6
k/扣 12
b/我请 4
b/扣不 4
b/工钱 8
t/guard 4
c/guards 4
b/到大 3
b/保安 4
b/我就 4
b/能出 5
b/半小 3
b/说两 4
b/哪张 3
k/弄 9
b/在一 4
k/呢 5
b/没动 4
k/例 4
b/常一 4
b/一例 4
b/人回 6
b/三十 4
b/哪些 3
b/有个 4
b/从外 5
t/fence 6
t/camera 4
k/围 8
k/挡 9
k/越 6
k/监 8
b/围挡 6
b/监控 4
b/人活 3
b/请指 6
b/那边 6
b/说是 8
b/们一 4
b/要停 4
b/走了 6
b/管异 4
b/在能 4
b/电话 4
b/接我 3
b/就坐 4
b/们派 4
b/个车 4
b/说他 6
c/transfer 4
b/性人 4
b/转运 8
b/七名 3
b/同住 4
b/派专 4
b/的没 4
b/不报 4
b/处理 6
b/人已 4
b/地不 4
b/封控 3
b/饭堂 3
t/vehicle.transfer 4
b/没见 3
k/遍 4
b/人手 4
k/招 4
t/meal.box 4
b/杀的 3
b/正好 4
b/饭盒 4
b/能改 4
k/培 6
k/训 6
b/去消 3
b/培训 6
b/转走 4
b/走后 4
b/资质 4
k/扔 3
b/专门 5
b/都扔 3
k/阿 6
k/姨 6
b/块儿 4
b/洁阿 5
b/阿姨 6
b/差点 6
k/户 21
k/散 4
b/窗户 5
k/闷 3
k/平 12
b/平米 4
b/超了 4
b/那天 4
k/足 6
b/不足 4
b/空间 5
b/臭味 3
t/records 4
k/录 9
k/扇 6
b/记录 4
b/人开 6
b/请更 6
k/声 8
k/音 4
t/blower 4
t/electrician 8
c/electricians 8
k/械 4
b/风机 4
b/请电 4
b/电工 8
b/机械 4
t/partition 4
p/near 5
k/挨 5
b/中间 5
b/挨着 3
b/着能 4
b/没窗 3
b/道顶 4
k/灯 6
k/泡 7
k/吧 10
b/屋子 3
b/太薄 3
b/返潮 3
b/请处 4
k/凭 8
b/岗的 7
b/名字 4
b/不准 3
k/脑 5
k/吹 4
b/风吹 3
k/松 5
k/固 4
b/请加 4
b/挂在 4
k/拧 4
b/用手 4
b/间的 3
b/头的 3
t/septic 4
k/化 9
b/化粪 3
b/粪池 4
b/池满 3
t/qr 5
b/的登 4
b/二维 3
b/维码 3
b/码扫 3
b/扫不 3
k/感 10
b/感应 4
b/到工 3
t/doormat 4
s/corridor 7
b/毒垫 3
t/roof 3
k/棚 3
b/入口 4
b/电脑 4
b/湿了 3
b/了请 11
b/的黄 3
b/线都 4
b/道哪 4
b/不全 6
b/全请 4
t/pump 3
k/泵 5
k/辆 9
b/水泵 3
b/不工 3
b/车辆 4
b/场没 7
b/问了 4
t/stamp 4
t/stampdoc 4
k/省 12
k/函 6
k/章 6
b/外省 9
b/收函 4
b/模板 4
b/板和 4
b/盖章 4
b/给一 4
k/巴 3
b/外地 9
b/的大 3
b/大巴 3
b/还要 6
b/我康 4
b/康复 12
b/候能 4
b/回检 4
b/班上 3
b/二批 4
b/和接 4
b/不给 4
b/给开 4
b/岗证 4
b/单位 17
b/岗名 6
b/单里 3
b/有我 3
t/subcontractor 20
b/报名 8
b/没回 4
b/包工 4
b/工头 4
b/头说 6
t/child 35
k/孩 35
b/想回 4
b/孩子 35
b/人带 4
b/带能 4
b/一批 4
b/名册 4
b/是等 3
b/车几 3
b/几点 3
b/在哪 7
b/多少 6
b/李没 4
t/fare 4
k/费 11
b/家隔 6
b/住哪 4
b/有没 12
k/务 15
b/分包 14
b/想一 3
b/劳务 8
b/合同 13
b/能先 6
b/先进 4
t/training 4
t/safetybrief 4
k/学 9
b/岗培 4
b/交底 4
k/土 5
k/罐 3
b/混凝 3
b/凝土 3
b/天到 6
b/车没 7
b/有五 3
b/五车 3
b/车证 4
b/在路 7
t/plate 6
k/牌 6
b/车牌 5
b/六辆 3
b/证件 5
b/同天 4
b/期请 6
b/证请 4
b/办长 3
b/长期 3
s/checkpoint 11
b/送药 3
b/药的 3
b/路口 6
b/机等 4
b/等了 4
k/绕 4
b/公里 4
b/里请 4
t/unload 6
k/卸 9
b/车停 4
b/天算 4
b/有证 4
k/填 4
b/位证 3
b/重发 4
k/租 18
b/租的 4
b/证上 3
b/写的 4
b/的不 13
b/查站 6
b/班车 4
k/以 10
b/误了 4
b/点以 3
b/以后 4
k/限 6
b/下请 4
b/4人 5
k/押 6
b/请对 4
b/班缺 3
b/复工 21
b/工排 3
b/修工 3
b/地工 3
b/回不 11
b/人四 3
b/场只 3
k/焊 5
b/场复 4
b/个岗 4
b/天内 4
b/场轮 4
b/轮换 10
b/换下 6
b/人接 4
b/停着 4
b/设备 12
t/skilled 4
t/network 6
b/班需 3
b/起重 4
k/歇 10
b/顶三 4
b/没歇 4
b/歇过 4
b/补人 4
k/教 8
b/时工 4
b/一换 4
b/新手 3
b/了什 4
t/idle 6
b/把我 4
k/乡 4
b/老乡 4
b/来干 4
b/么报 4
t/carpenter 4
c/carpentry 4
k/木 4
b/木工 3
b/工种 4
b/能借 4
b/借一 4
c/laboratory 3
b/化验 4
b/人隔 4
b/人做 3
b/特种 4
b/件到 4
b/期换 3
t/spares 12
b/配件 11
b/组停 3
k/速 5
s/yard 3
t/diesel 4
k/柴 3
k/油 4
b/柴油 3
b/商混 4
b/混站 4
b/个站 4
b/个作 4
b/每日 3
t/crane 3
k/吊 7
b/着走 4
b/催一 4
t/sand 4
k/砂 3
b/了七 3
b/人坐 4
b/等一 4
b/算谁 6
b/干了 3
b/电焊 3
b/号换 4
k/键 4
b/关键 4
k/延 8
b/货单 3
b/延期 8
b/调车 4
k/序 6
b/够用 4
b/复检 4
t/switchbox 3
b/了十 3
b/电箱 3
t/gondola 4
k/篮 4
b/吊篮 4
b/谁给 6
b/检验 4
k/网 25
k/晃 3
b/的安 3
b/松了 3
b/工补 4
b/了六 4
t/gasmeter 4
k/校 6
k/井 3
b/测仪 3
t/confined 4
b/限空 3
b/前请 4
k/绝 5
k/旧 5
b/换新 3
b/新的 3
t/monitor 4
b/监测 4
b/测的 3
k/基 4
k/据 6
b/数据 4
b/漏电 3
b/着麻 3
b/麻手 3
k/级 7
k/严 3
b/关不 4
b/不严 3
b/上下 4
b/工没 4
b/出事 3
b/事算 4
b/哪一 3
b/一声 4
b/闸口 4
b/没消 4
b/组都 3
b/议同 4
b/白名 4
k/项 10
b/审批 5
b/说不 10
b/住着 3
b/活没 4
b/周一 4
b/一开 3
b/不行 3
b/差一 6
b/知我 3
b/们来 3
b/批下 3
k/其 6
b/其他 4
b/后补 4
b/工批 4
b/批复 3
b/纸质 4
b/电子 5
b/不认 4
t/allowance 10
b/说好 4
b/补贴 8
p/why 6
b/场补 4
b/八十 5
b/凭什 6
k/反 13
k/映 10
k/额 4
b/反映 10
b/请人 6
b/线补 3
b/房租 6
k/付 6
b/们等 3
b/加班 4
b/资条 6
b/这样 4
b/几百 3
t/attendance 16
k/勤 18
b/离那 5
b/算出 3
b/出勤 5
b/勤工 4
b/扣了 4
k/金 6
k/布 4
b/准不 3
b/不公 4
b/公布 4
k/银 4
b/银行 4
b/打到 4
t/gateway 10
k/考 17
k/禁 7
b/考勤 13
b/门禁 7
b/的出 4
b/3天 4
b/没换 3
b/替班 4
b/了想 5
b/班连 4
b/花了 4
b/场驻 6
b/时两 3
b/两班 4
b/三班 4
k/减 6
k/援 4
b/支援 4
b/里十 4
b/排班 4
b/前一 4
b/人签 4
b/签字 5
b/在封 5
b/闭区 3
b/签不 3
k/节 3
b/岗说 4
b/没补 4
b/人会 4
b/以轮 3
b/这不 4
b/合理 4
k/渡 4
b/过渡 4
b/风险 4
k/推 7
b/是高 4
b/项目 5
b/司说 4
b/同到 4
b/闭期 6
t/reporting 4
b/打卡 3
b/缺勤 4
k/脸 5
b/戴口 4
b/罩的 4
b/登录 3
b/录不 3
b/识别 3
b/期间 6
b/么记 3
b/实名 6
b/名门 4
b/包1 3
b/人未 4
t/portal 4
k/刷 3
b/系统 3
b/上一 6
b/刷不 3
b/闸机 3
b/请转 4
k/职 14
b/离职 4
b/开不 3
k/伤 14
b/工伤 10
b/申报 3
b/天说 4
b/我手 4
b/认定 4
s/road 3
b/路上 3
k/参 4
b/上工 3
b/垫付 4
k/疗 4
b/医疗 4
b/是照 4
b/伤人 4
b/请批 4
b/意外 4
b/外险 4
b/的保 4
b/上面 3
k/投 4
b/岗就 3
k/拒 4
b/拒绝 4
k/政 4
k/策 4
b/复人 4
b/政策 4
k/愿 14
b/的三 3
b/成一 4
k/截 4
b/在群 4
b/里发 4
b/的名 3
b/说我 9
b/工的 4
b/的看 4
k/耽 4
b/耽误 4
b/天家 4
b/里老 5
b/老人 28
b/买菜 3
b/能请 4
b/上门 6
k/妈 4
b/我妈 4
b/走不 4
b/人去 3
b/一眼 3
k/居 10
b/人家 6
k/者 12
b/志愿 12
b/愿者 12
k/庭 6
b/员家 4
b/家庭 4
b/急请 4
k/托 6
b/双职 4
b/职工 10
b/年级 4
b/托管 4
k/思 4
b/也是 4
b/居家 8
b/好意 4
b/意思 4
b/家孩 4
b/会统 4
b/小区 12
b/区封 4
k/煤 5
b/里煤 3
b/煤气 5
b/不会 10
b/会弄 6
p/burst 5
k/爆 4
b/爆了 4
b/里就 3
b/问一 4
b/封了 4
k/物 17
b/家物 4
b/物资 13
b/资包 4
b/家都 3
b/场家 4
b/位能 3
k/访 4
b/上批 4
b/回访 4
b/尿不 3
b/不湿 3
b/面买 3
b/办法 6
b/奶粉 3
k/幼 4
b/六户 4
t/meal.egg 3
k/鸡 3
k/蛋 3
b/到家 4
b/鸡蛋 3
b/气的 3
k/爱 3
b/想买 3
b/网上 6
b/搬不 3
b/楼下 4
k/课 20
b/上网 4
b/网课 16
b/平板 6
t/simcard 4
b/个孩 4
b/上课 4
b/流量 4
b/场职 4
b/工子 4
b/子女 4
b/台没 3
b/课软 4
b/软件 4
b/家长 4
b/远程 4
b/子网 4
b/课老 4
b/教一 4
t/exam 3
k/辅 4
b/子今 4
b/辅导 4
b/老师 6
b/在线 4
b/着急 3
b/管不 3
b/要回 4
b/我出 4
b/一出 4
b/出具 4
b/房东 10
b/工地 5
b/请法 4
b/法务 4
k/谈 4
b/租房 6
b/期人 3
k/官 4
b/官司 4
k/贷 6
b/押金 4
k/律 4
b/法律 4
b/最多 4
b/议仓 3
b/雨淋 4
b/心里 4
b/里有 4
b/议放 4
b/不用 5
b/一趟 4
t/hotline 8
b/热线 8
p/merge 4
b/片区 4
b/合并 4
b/卸货 3
b/用每 3
b/个条 4
b/一周 3
b/人打 3
k/归 3
b/不归 3
b/我说 4
k/承 4
b/骂人 4
p/praise 24
k/谢 18
b/感谢 6
b/送饭 4
b/替我 3
b/谢谢 12
b/谢他 4
k/兄 4
k/弟 4
b/兄弟 4
k/扬 6
k/净 3
b/表扬 6
b/干净 3
b/了夜 3
b/的四 3
b/天送 3
b/了水 3
b/水里 3
b/破了 3
k/栋 3
k/脱 3
t/parcel 3
k/递 3
b/快递 3
`;

const grown = `
thingsShared 0.78571 thingsCoveredMore 0.82885 = -0.0365 = -0.0149 literalReplaced 0.04939 = 0.0228 = -0.0276
replaced 0.125 literalRestAlone 0.06417 = 0.0278 = -0.0127 thingsCoveredLess 0.51253 = -0.0332 = -0.0108
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0319 = -0.01 lengthsApart 0.04881 = -0.0067 = 0.0268
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0301 = -0.0092 lengthsApart 0.04881 = -0.0065 = 0.0251
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0285 = -0.0086 literalRestAlone 0.06417 = 0.023 = -0.0128
thingsCoveredLess 0.59908 rarestThing 0.67349 = -0.027 = -0.0088 longestRunReplaced 0.08514 = 0.0196 = -0.0199
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.026 = -0.0073 literalThingsAlone 0.03307 = 0.0218 = -0.0129
thingsCoveredLess 0.59908 rarestCharacter 0.53191 = -0.0269 = -0.0152 longestRunReplaced 0.08514 = 0.0179 = -0.0181
thingsShared 0.78571 rarestThing 0.71104 = -0.0233 = -0.0026 literalReplaced 0.07454 = 0.0155 = -0.0252
thingsCoveredMore 0.82885 thingsAlone 0.0375 = 0.0013 = -0.0233 literalReplaced 0.04454 = 0.0153 = -0.0232
thingsCoveredLess 0.59908 thingsCovered 0.68333 = -0.0228 = -0.0101 nothingReplaced 0.5 = -0.0044 = 0.0178
thingsCoveredLess 0.51253 restExplained 0.23611 = -0.0234 = -0.0097 literalReplaced 0.04939 = 0.0128 = -0.0204
thingsCoveredMore 0.82885 rarestCharacter 0.76218 = -0.0223 = -0.0052 literalRestAlone 0.0723 = 0.01 = -0.0256
thingsCoveredLess 0.51253 thingsAndTroubles 0.16333 = -0.021 = -0.0022 pairsCoveredLess 0.19452 = 0.0136 = -0.0086
nothingReplaced 0.5 thingsCoveredMore 0.62452 = -0.0208 = -0.0056 lengthsApart 0.04881 = -0.0103 = 0.0176
thingsCoveredMore 0.82885 rarestTrouble 0.5564 = -0.0202 = -0.0005 literalReplaced 0.04454 = 0.0127 = -0.0197
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0199 = -0.0029 literalReplaced 0.05742 = 0.02 = -0.0215
rarestThing 0.52789 rarestCharacter 0.54925 = -0.0211 = -0.0063 literalReplaced 0.04454 = 0.017 = -0.0177
rarestThing 0.52789 charactersCoveredMore 0.26908 = -0.0215 = -0.007 literalReplaced 0.04454 = 0.0159 = -0.017
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.0223 = -0.0024 literalThingsAlone 0.02831 = 0.009 = -0.0203
rarestThing 0.49286 charactersCoveredMore 0.26908 = -0.0216 = -0.0063 literalReplaced 0.03391 = 0.0154 = -0.0143
charactersCoveredLess 0.10633 crewsShared 0.25 = -0.0209 = 0.004 literal 0.10913 = 0.0154 = -0.0123
charactersCoveredLess 0.10633 thingsCoveredLess -0.5 = 0.0027 = -0.0205 literalReplaced 0.04454 = 0.0119 = -0.0172
longestRun 0.91833 pairsCoveredLess 0.23599 = -0.0021 = -0.0245 counts 0.5 = 0.0201 = 0.0022
thingsCoveredMore 0.62452 thingsAgainst 0.5 = -0.0083 = -0.0188 longestRun 0.25543 = 0.0115 = -0.0095
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0022 = -0.0252 counts 0.5 = 0.0198 = 0.0023
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.0208 = -0.0012 pairsCoveredLess 0.19452 = 0.0131 = -0.0113
rarestThing 0.53822 rarestCharacter 0.54925 = -0.0183 = -0.0008 longestRun 0.25543 = 0.0196 = -0.0086
charactersCoveredMore 0.14958 thingsAndTroubles 0.0375 = -0.0193 = 0.0009 literalReplaced 0.04454 = 0.0112 = -0.0148
longestRun 0.91833 longestRun 0.31909 = -0.0006 = -0.0225 lengthsApart 0.06066 = 0.0015 = 0.0193
rarestCharacter 0.53191 troublesCoveredLess 0.42793 = -0.0177 = -0.001 literalReplaced 0.04939 = 0.0126 = -0.0146
rarestCharacter 0.53191 counts 0.5 = -0.0155 = 0.0086 literal 0.10913 = 0.0174 = -0.0084
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0192 = 0.0001 literal 0.10913 = 0.0128 = -0.0083
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0008 = -0.0237 lengthsApart 0.06066 = 0.0016 = 0.019
rarestCharacter 0.53191 replaced 0.375 = 0.0005 = -0.0171 literalReplaced 0.04939 = 0.0111 = -0.0132
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0159 = 0.008 longestRun 0.25543 = 0.0213 = -0.0085
pairsCoveredMore 0.90458 charactersCoveredLess 0.51796 = -0.0021 = -0.0184 replaced 0.125 = 0.0186 = -0.0051
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0183 = 0.0009 literalReplaced 0.0244 = 0.0121 = -0.0089
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0165 = 0.005 longestRun 0.25543 = 0.0203 = -0.0081
longestRun 0.91833 pairsCoveredMore 0.40665 = -0.0006 = -0.0232 counts 0.5 = 0.0181 = 0.0018
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0002 = -0.0226 = 0.017
charactersCoveredLess 0.10633 literalTroublesAlone 0.01099 = -0.017 = 0.0021 literalThingsAlone 0.02831 = 0.0073 = -0.0134
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0157 = 0.0049 longestRun 0.25543 = 0.019 = -0.0073
pairsCoveredMore 0.90458 charactersCoveredLess 0.51796 = -0.0012 = -0.0166 nothingReplaced 0.5 = -0.0044 = 0.0172
thingsAgainst 0.5 longestRunReplaced 0.1543 = 0.0059 = -0.0137 spotsShared 0.33333 = -0.0166 = 0.0033
restExplained 0.23611 rarestThing 0.49286 = -0.0161 = 0.0001 lengthsApart 0.12772 = -0.0061 = 0.0171
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0134 = 0.0043 literal 0.14643 = 0.0171 = -0.0036
charactersCoveredLess 0.22829 replaced 0.625 = -0.0013 = -0.0151 longestRun 0.25543 = 0.0175 = -0.0069
longestRun 0.91833 literal 0.14643 = 0.0017 = -0.0178 lengthsApart 0.06066 = 0.0013 = 0.0164
charactersCoveredLess 0.10633 spotsShared 0.33333 = -0.0151 = 0.0021 literalReplaced 0.0244 = 0.0103 = -0.0072
restExplained 0.23611 thingsAndTroubles 0.31 = -0.012 = 0.0057 literal 0.10913 = 0.018 = -0.0024
thingsAgainst 0.5 literal 0.14643 = 0.0073 = -0.0058 spotsShared 0.33333 = -0.0154 = 0.0036
charactersCoveredLess 0.22829 rarestThing 0.51283 = -0.0147 = 0.002 longestRun 0.25543 = 0.0162 = -0.0059
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0012 = -0.0212 = 0.0158
thingsAndTroubles 0.16333 charactersCoveredLess 0.15596 = -0.0139 = -0.0006 literalReplaced 0.05742 = 0.0114 = -0.0106
restExplained 0.23611 thingsAndTroubles 0.31 = -0.0111 = 0.0046 literalReplaced 0.04939 = 0.0135 = -0.01
charactersCoveredLess 0.22829 troublesAlone 0.125 = 0.0034 = -0.012 pairsCoveredLess 0.19452 = 0.0149 = -0.0069
longestRun 0.91833 longestRun 0.36039 = 0.0019 = -0.0202 = 0.015
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0105 = 0.0039 literalReplaced 0.04939 = 0.0126 = -0.0092
rarestCharacter 0.53191 rarestThing 0.56644 = -0.0126 = 0.0052 pairsCoveredLess 0.19452 = 0.0113 = -0.006
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = 0.0014 = -0.0204 replaced 0.125 = 0.0152 = -0.0031
longestRun 0.91833 longestRun 0.36039 = 0.0018 = -0.0192 counts 0.5 = 0.015 = 0.0003
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0127 = 0.0054 longestRun 0.25543 = 0.014 = -0.0051
restExplained 0.23611 rarestThing 0.49286 = -0.0137 = 0.0009 literalReplaced 0.04939 = 0.0117 = -0.0082
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0095 = 0.004 literalThingsAlone 0.02831 = 0.01 = -0.0092
thingsAgainst 0.5 longestRun 0.21825 = 0.0092 = -0.0041 rarestTrouble 0.46624 = -0.0141 = 0.0024
longestRun 0.91833 longestRun 0.36039 = 0.0018 = -0.0186 lengthsApart 0.06066 = 0.0007 = 0.014
charactersCoveredLess 0.22829 rarestThing 0.49286 = -0.0134 = 0.0018 literal 0.10913 = 0.0137 = -0.0043
troublesCoveredMore 0.69639 counts 0.5 = -0.0068 = 0.0126 pairsCoveredLess 0.19452 = 0.0109 = -0.0021
restExplained 0.23611 rarestThing 0.49286 = -0.0129 = 0.001 pairsCoveredLess 0.23599 = 0.0126 = -0.0029
pairsCoveredMore 0.90458 longestRun 0.36039 = 0.0017 = -0.0178 replaced 0.125 = 0.0141 = -0.0026
thingsAgainst 0.5 lengthsApart 0.12772 = -0.005 = 0.0068 rarestTrouble 0.46624 = -0.0134 = 0.0025
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0102 = 0.0074 literal 0.10913 = 0.0126 = -0.0038
pairsCoveredMore 0.90458 literalRestAlone 0.08114 = -0.0004 = -0.0108 literalReplaced 0.00417 = 0.0138 = -0.0026
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0015 = -0.0185 counts 0.5 = 0.0138 = -0.0002
rarestCharacter 0.54925 charactersCoveredMore 0.26908 = -0.011 = 0.0009 charactersCoveredLess 0.4498 = 0.0089 = -0.0034
restExplained 0.23611 rarestThing 0.49286 = -0.012 = 0.0009 lengthsApart 0.12772 = -0.0057 = 0.0129
troublesCoveredMore 0.66466 charactersCoveredLess 0.15596 = -0.013 = -0.0003 literal 0.14643 = 0.0111 = -0.0031
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = 0.0014 = -0.0179 clauseWordByWordReplaced 0.125 = 0.013 = -0.0022
lengthsApart 0.04083 pairsCoveredLess 0.15591 = 0.004 = -0.0167 charactersCoveredLess 0.22829 = -0.0066 = 0.0068
troublesCoveredMore 0.66466 restExplained 0.14835 = -0.0091 = 0.0027 lengthsApart 0.04881 = -0.007 = 0.0086
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.001 = -0.0175 counts 0.5 = 0.0129 = -0.0004
replaced 0.625 longestRun 0.21825 = 0.0112 = -0.0032 thingsCoveredLess -0.5 = 0.0134 = -0.0096
thingsAgainst 0.5 longestRun 0.21825 = 0.0081 = -0.0037 spotsShared 0.33333 = -0.0122 = 0.0044
troublesCoveredMore 0.66466 replaced 0.625 = 0.0008 = -0.01 literal 0.14643 = 0.0099 = -0.0029
longestRun 0.91833 longestRun 0.36039 = 0.0016 = -0.016 lengthsApart 0.06066 = 0.0006 = 0.0122
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0079 = 0.0038 lengthsApart 0.12772 = -0.005 = 0.0117
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0101 = 0.0046 literalTroublesAlone 0.02859 = 0.0077 = -0.007
thingsAgainst 0.5 literalReplaced 0.0244 = 0.0059 = -0.004 spotsShared 0.33333 = -0.0118 = 0.0044
longestRun 0.91833 literal 0.14643 = 0.0017 = -0.0118 counts 0.5 = 0.0121 = -0.0006
charactersCoveredLess 0.22829 rarestTrouble 0.51466 = -0.008 = 0.0058 longestRun 0.25543 = 0.0103 = -0.0042
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0014 = -0.0164 = 0.0109
restExplained 0.23611 rarestThing 0.49286 = -0.0112 = 0.0012 lengthsApart 0.12772 = -0.0048 = 0.011
thingsAgainst 0.5 longestRun 0.21825 = 0.0074 = -0.0036 rarestTrouble 0.46624 = -0.0117 = 0.0028
restExplained 0.23611 rarestThing 0.49286 = -0.0107 = 0.001 literalTroublesAlone 0.04919 = 0.0078 = -0.0112
literalRestAlone 0.08114 rarestCharacter 0.54925 = -0.0053 = 0.0061 longestRun 0.18466 = 0.0074 = -0.0147
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.001 = -0.0158 counts 0.5 = 0.0114 = -0.0008
troublesCoveredMore 0.66466 counts 0.5 = -0.0056 = 0.0127 literal 0.14643 = 0.0089 = -0.0034
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0092 = 0.0045 longestRun 0.21825 = 0.0115 = -0.0024
lengthsApart 0.12772 longestRun 0.21825 = 0.0037 = -0.0127 charactersCoveredLess 0.18651 = -0.0053 = 0.0073
troublesAgainst 0.5 literalTroublesAlone 0.04919 = 0.004 = -0.0109 charactersCoveredMore 0.69666 = -0.011 = 0.0139
thingsAgainst 0.5 lengthsApart 0.19375 = -0.0028 = 0.0073 spotsShared 0.33333 = -0.0109 = 0.0045
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0011 = -0.0153 = 0.0101
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0032 = 0.0078 thingsAlone 0.26875 = -0.0129 = 0.0065
longestRun 0.91833 longestRun 0.31909 = 0.002 = -0.0125 = 0.0097
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.0035 = 0.0065 literalThingsAlone 0.0133 = -0.0144 = 0.003
restExplained 0.23611 rarestThing 0.49286 = -0.01 = 0.0009 charactersCoveredLess 0.4498 = 0.0099 = -0.0027
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0105 literalThingsAlone 0.0247 = 0.0129 = -0.0018
rarestCharacter 0.53191 crewsShared 0.25 = -0.0077 = 0.0089 lengthsApart 0.19375 = -0.004 = 0.0113
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0017 = -0.0089 longestRunReplaced 0.13693 = 0.0132 = -0.0022
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0025 = 0.0061 literalThingsAlone 0.0133 = -0.014 = 0.0029
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0142 = -0.0015 rarestThing 0.49286 = -0.007 = 0.0019
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0098 literal 0.17752 = 0.0144 = -0.0024
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0029 = 0.0073 lengthsApart 0.3101 = -0.0129 = 0.0048
counts 0.5 literalTroublesAlone 0.02859 = 0.0013 = -0.0094 literal 0.17752 = 0.014 = -0.0024
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0084 = 0.0043 pairsCoveredLess 0.19452 = 0.008 = -0.0043
thingsAgainst 0.5 literalRestAlone 0.0723 = 0.0036 = -0.0076 spotsShared 0.33333 = -0.0103 = 0.0046
restExplained 0.23611 replaced 0.625 = 0.0009 = -0.0093 charactersCoveredLess 0.4498 = 0.0093 = -0.0027
longestRun 0.21825 rarestThing 0.49286 = -0.0052 = 0.0098 longestRun 0.91833 = -0.0071 = 0.0091
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0014 = -0.0079 literalReplaced 0.1225 = 0.0123 = -0.0014
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0137 = -0.0014 replaced 0.625 = 0.0019 = -0.0077
longestRun 0.21825 charactersCoveredLess 0.22829 = -0.0025 = 0.0101 lengthsApart 0.14643 = -0.0111 = 0.0043
oneNamesCrew 0.5 longestRun 0.31909 = 0.0038 = -0.0044 thingsAlone 0.3625 = -0.0137 = 0.0025
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0041 = 0.0046 thingsAlone 0.3625 = -0.0134 = 0.0024
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.014 counts 0.5 = 0.0101 = -0.0009
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0135 thingsCoveredMore 0.53478 = -0.0098 = 0.0014
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0114 = -0.0026 pairsCoveredMore 0.30136 = 0.012 = 0
counts 0.5 literalTroublesAlone 0.02859 = 0.0013 = -0.0089 literal 0.17752 = 0.0132 = -0.0021
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0012 = -0.0137 = 0.0088
rarestSpot 0.54556 restExplained 0.53571 = -0.0036 = 0.0058 literalRestAlone 0.0351 = 0.0126 = -0.0022
oneNamesCrew 0.5 longestRun 0.21825 = 0.0049 = -0.0023 thingsAlone 0.3625 = -0.0131 = 0.0024
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0022 = 0.0059 rarestThing 0.66289 = -0.0134 = 0.0033
counts 0.5 literalTroublesAlone 0.02859 = 0.0011 = -0.0084 literal 0.17752 = 0.0128 = -0.0021
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0036 = 0.0053 literalRestAlone 0.0351 = 0.0123 = -0.0021
charactersCoveredLess 0.22829 troublesCoveredLess 0.42793 = -0.0077 = 0.0043 literalTroublesAlone 0.02129 = 0.0065 = -0.0034
oneNamesCrew 0.5 literalRestAlone 0.08114 = 0.0029 = -0.007 rarestThing 0.66289 = -0.0131 = 0.0032
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0017 = 0.0129 thingsCoveredMore 0.53478 = -0.0095 = 0.0016
longestRun 0.31909 rarestCharacter 0.54925 = -0.0039 = 0.0066 pairsCoveredMore 0.90458 = -0.0112 = 0.0076
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0016 = 0.0126 thingsCoveredMore 0.53478 = -0.0092 = 0.0014
counts 0.5 lengthsApart 0.3101 = -0.0035 = 0.0056 literal 0.17752 = 0.0125 = -0.0022
restAlone 0.625 thingsCoveredMore 0.53478 = -0.0056 = 0.0047 thingsCoveredLess 0.66766 = 0.003 = -0.0132
longestRun 0.18466 thingsAgainst 0.5 = 0.0069 = -0.0065 longestRun 0.91833 = -0.0053 = 0.0078
rarestSpot 0.54556 lengthsApart 0.21584 = -0.0043 = 0.0036 literalRestAlone 0.0351 = 0.012 = -0.0021
oneNamesCrew 0.5 restExplained 0.01923 = -0.0022 = 0.0054 thingsAlone 0.3625 = -0.0124 = 0.0024
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0038 = 0.0066 longestRun 0.91833 = -0.0108 = 0.0076
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0015 = 0.0123 thingsCoveredMore 0.53478 = -0.0086 = 0.0012
restAlone 0.625 lengthsApart 0.21584 = -0.0021 = 0.0091 rarestTrouble 0.33338 = -0.0095 = 0.0093
longestRun 0.18466 replaced 0.625 = 0.0098 = -0.0034 longestRun 0.91833 = -0.005 = 0.0074
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0015 = 0.012 rarestCharacter 0.54925 = -0.0059 = 0.0022
counts 0.5 literalTroublesAlone 0.02129 = 0.0016 = -0.0066 literal 0.17752 = 0.0121 = -0.0022
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0032 = 0.0048 literalRestAlone 0.0351 = 0.0118 = -0.0021
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0017 = 0.0056 thingsShared 0.67083 = -0.0001 = -0.0112
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0034 = 0.0043 rarestThing 0.66289 = -0.0124 = 0.0031
counts 0.5 rarestSpot 0.54556 = -0.0022 = 0.0095 literal 0.17752 = 0.0119 = -0.0022
longestRun 0.31909 restAlone 0.625 = 0.0056 = -0.0036 longestRun 0.91833 = -0.0104 = 0.0071
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0017 = 0.0053 rarestThing 0.66289 = -0.0122 = 0.0029
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0015 = 0.0117 thingsCoveredMore 0.53478 = -0.0083 = 0.0013
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.01 = -0.0022 literalRestAlone 0.0351 = 0.0113 = -0.0021
thingsCoveredLess -0.5 literal 0.14643 = 0.0111 = -0.0015 rarestCharacter 0.54925 = -0.0054 = 0.0021
oneNamesCrew 0.5 longestRun 0.31909 = 0.0035 = -0.0043 rarestThing 0.66289 = -0.0119 = 0.0029
counts 0.5 literalTroublesAlone 0.02859 = 0.0012 = -0.0073 literal 0.17752 = 0.0115 = -0.0022
oneNamesCrew 0.5 restExplained 0.01923 = -0.0019 = 0.005 rarestThing 0.66289 = -0.0117 = 0.0028
restAlone 0.625 literalReplaced 0.0143 = 0.0064 = -0.0027 rarestTrouble 0.33338 = -0.0087 = 0.0088
longestRun 0.31909 literalReplaced 0.06742 = -0.0003 = 0.013 longestRun 0.91833 = -0.01 = 0.0066
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0033 = 0.0041 rarestThing 0.66289 = -0.0115 = 0.0027
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0107 = -0.0015 replaced 0.625 = 0.0016 = -0.0063
counts 0.5 lengthsApart 0.3101 = -0.003 = 0.0049 literal 0.17752 = 0.0111 = -0.0022
longestRun 0.31909 literalReplaced 0.06742 = -0.0002 = 0.0123 pairsCoveredMore 0.90458 = -0.0097 = 0.006
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0022 = 0.0063 thingsCoveredLess 0.54004 = 0.0019 = -0.0095
longestRun 0.21825 rarestThing 0.49286 = -0.004 = 0.0084 lengthsApart 0.14643 = -0.0104 = 0.004
longestRun 0.18466 longestRun 0.09307 = -0.006 = 0.0076 charactersCoveredMore 0.47026 = -0.0085 = 0.001
rarestSpot 0.54556 longestRun 0.09307 = -0.0083 = 0.0006 longestRun 0.25543 = 0.0109 = -0.0006
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0015 = 0.0106 charactersCoveredLess 0.22829 = -0.0053 = 0.0017
longestRun 0.18466 longestRun 0.09307 = -0.0054 = 0.0072 lengthsApart 0.14643 = -0.0068 = 0.0019
rarestSpot 0.54556 counts 0.5 = -0.0021 = 0.0081 literalRestAlone 0.0351 = 0.0108 = -0.0021
thingsCoveredLess -0.5 literal 0.14643 = 0.0103 = -0.0015 replaced 0.625 = 0.0015 = -0.0059
longestRun 0.31909 pairsCoveredMore 0.23996 = -0.0001 = 0.01 longestRun 0.91833 = -0.0094 = 0.0063
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0034 = -0.0039 rarestThing 0.66289 = -0.011 = 0.0024
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0101 rarestSpot 0.54556 = -0.002 = 0.0091
oneNamesCrew 0.5 literalRestAlone 0.08114 = 0.0026 = -0.006 troublesCoveredMore -0.5 = 0.002 = -0.0095
longestRun 0.21825 longestRun 0.09307 = -0.0052 = 0.0056 lengthsApart 0.14643 = -0.0095 = 0.0037
restAlone 0.625 lengthsApart 0.21584 = -0.0016 = 0.0075 thingsShared 0.69 = 0.0033 = -0.0116
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0085 = -0.002 literalRestAlone 0.0351 = 0.0103 = -0.0021
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0018 = 0.0052 rarestThing 0.66289 = -0.0106 = 0.0024
restAlone 0.625 thingsAgainst 0.5 = 0.0038 = -0.0072 rarestTrouble 0.33338 = -0.0081 = 0.0084
longestRun 0.18466 replaced 0.625 = 0.0083 = -0.0028 thingsCoveredLess 0.6389 = -0.0075 = 0.0011
longestRun 0.31909 literalReplaced 0.06742 = -0.0005 = 0.0112 longestRun 0.91833 = -0.0091 = 0.0062
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0084 = -0.0019 literalRestAlone 0.0351 = 0.0101 = -0.0021
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0034 = -0.0034 troublesCoveredMore -0.5 = 0.002 = -0.0091
counts 0.5 rarestSpot 0.5638 = -0.0019 = 0.008 pairsCoveredLess 0.23599 = 0.01 = -0.0022
charactersCoveredLess 0.22829 troublesCoveredLess 0.42793 = -0.0066 = 0.0043 longestRun 0.25543 = 0.0069 = -0.0032
counts 0.5 literalReplaced 0.0202 = 0.0022 = -0.004 literal 0.17752 = 0.0097 = -0.0022
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0015 = 0.0049 thingsAlone 0.3625 = -0.01 = 0.0022
crewsShared 0.58333 restAlone 0.625 = 0.0015 = -0.0055 thingsCoveredLess 0.42668 = 0.0097 = 0.0002
lengthsApart 0.3101 pairsCoveredMore 0.14175 = 0.0029 = -0.0057 literal 0.0723 = -0.0034 = 0.0116
rarestSpot 0.5638 crewsShared 0.58333 = -0.0018 = 0.0074 longestRun 0.25543 = 0.0097 = -0.0009
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0031 = -0.0034 rarestThing 0.66289 = -0.01 = 0.0024
charactersCoveredLess 0.22829 toneDiffers 0.5 = -0.0048 = 0.0066 pairsCoveredLess 0.19452 = 0.0061 = -0.0033
charactersCoveredMore 0.47026 asks 0.5 = -0.0034 = 0.0083 lengthsApart 0.17029 = -0.0034 = 0.0105
rarestSpot 0.5638 troublesAgainst 0.5 = 0.0013 = -0.0053 pairsCoveredMore 0.30136 = 0.0089 = -0.0008
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0367 = -0.0116 literalRestAlone 0.06417 = 0.029 = -0.0124
thingsCoveredMore 0.82885 toneDiffers 0.5 = -0.034 = 0.0014 literalRestAlone 0.0723 = 0.0126 = -0.0325
replaced 0.125 literalThingsAlone 0.03307 = 0.0273 = -0.0121 thingsCoveredLess 0.51253 = -0.0312 = -0.0098
thingsCoveredLess 0.59908 thingsCovered 0.825 = -0.0301 = -0.0153 literalRestAlone 0.0723 = 0.0135 = -0.0278
replaced 0.125 lengthsApart 0.04881 = -0.0071 = 0.025 thingsCoveredLess 0.42668 = -0.0289 = -0.0107
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0273 = -0.0083 literalThingsAlone 0.03307 = 0.0237 = -0.0118
nothingReplaced 0.5 thingsCovered 0.825 = -0.0261 = -0.0078 lengthsApart 0.04881 = -0.0076 = 0.0225
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.025 = -0.0072 literalThingsAlone 0.03307 = 0.0214 = -0.012
thingsCoveredMore 0.82885 rarestSpot 0.64038 = -0.0244 = -0.0001 literalReplaced 0.04454 = 0.0163 = -0.0251
thingsShared 0.78571 rarestThing 0.67349 = -0.023 = -0.0043 lengthsApart 0.06066 = -0.0171 = 0.0127
thingsCoveredLess 0.59908 rarestCharacter 0.53191 = -0.0247 = -0.0125 literalRestAlone 0.0723 = 0.0111 = -0.0239
thingsCovered 0.825 rarestCharacter 0.76218 = -0.0228 = -0.0062 longestRunReplaced 0.08514 = 0.016 = -0.0186
nothingReplaced 0.5 thingsCoveredMore 0.62452 = -0.0219 = -0.0063 longestRun 0.85357 = 0.0037 = 0.0232
longestRun 0.91833 literal 0.14643 = -0.0063 = -0.0261 = 0.0215
thingsCoveredMore 0.82885 rarestTrouble 0.5564 = -0.0209 = -0.0015 longestRunReplaced 0.08514 = 0.0151 = -0.016
thingsCovered 0.825 rarestCharacter 0.76218 = -0.0207 = -0.0033 literalReplaced 0.04454 = 0.0134 = -0.0202
thingsCoveredLess 0.51253 restExplained 0.23611 = -0.0213 = -0.0056 literalReplaced 0.05742 = 0.0118 = -0.0197
rarestThing 0.53822 charactersCoveredMore 0.26908 = -0.022 = -0.007 literalReplaced 0.04454 = 0.0183 = -0.0177
thingsAndTroubles 0.16333 charactersCoveredMore 0.14958 = -0.022 = -0.0071 literal 0.14643 = 0.0251 = -0.0076
thingsCovered 0.825 toneDiffers 0.5 = -0.0179 = 0.0077 longestRun 0.25543 = 0.0143 = -0.0103
rarestThing 0.52789 charactersCoveredMore 0.26908 = -0.0211 = -0.006 pairsCoveredLess 0.19452 = 0.0188 = -0.0106
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.022 = -0.0018 literalReplaced 0.04454 = 0.0137 = -0.0182
longestRun 0.91833 pairsCoveredLess 0.23599 = -0.0025 = -0.0243 counts 0.5 = 0.0206 = 0.0022
charactersCoveredLess 0.10633 crewsShared 0.25 = -0.0208 = 0.0039 longestRun 0.25543 = 0.0157 = -0.0114
charactersCoveredLess 0.10633 rarestTrouble 0.54045 = -0.0204 = 0.001 literalReplaced 0.04454 = 0.0124 = -0.0167
rarestCharacter 0.53191 thingsAlone 0.075 = 0.0002 = -0.0187 longestRun 0.25543 = 0.0184 = -0.0092
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0022 = -0.0245 lengthsApart 0.06066 = 0.0019 = 0.0201
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0167 = 0.0013 longestRunReplaced 0.13693 = 0.0142 = -0.0163
rarestThing 0.49286 restExplained 0.23611 = -0.0188 = -0.0009 literalReplaced 0.03391 = 0.0148 = -0.0118
charactersCoveredLess 0.10633 crewsShared 0.25 = -0.0191 = 0.0044 literalThingsAlone 0.02831 = 0.0087 = -0.0174
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.0198 = 0.0006 literalReplaced 0.04454 = 0.0107 = -0.0145
rarestCharacter 0.53191 thingsShared 0.9 = -0.0169 = 0.0005 literalReplaced 0.04939 = 0.0124 = -0.015
charactersCoveredLess 0.10633 literalRestAlone 0.024 = -0.0183 = 0.001 pairsCoveredLess 0.19452 = 0.0118 = -0.0105
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0004 = -0.0238 lengthsApart 0.06066 = 0.0017 = 0.0184
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0149 = 0.0024 literalReplaced 0.05742 = 0.0149 = -0.0151
rarestThing 0.49286 restExplained 0.23611 = -0.0172 = 0.0004 literalReplaced 0.03391 = 0.0126 = -0.0096
thingsCoveredMore 0.53478 toneDiffers 0.5 = -0.0148 = 0.0081 longestRun 0.25543 = 0.0107 = -0.008
rarestCharacter 0.53191 replaced 0.375 = -0.0004 = -0.0165 literal 0.10913 = 0.0165 = -0.0077
charactersCoveredLess 0.22829 thingsAndTroubles 0.16333 = -0.0154 = 0.0034 longestRun 0.25543 = 0.0203 = -0.0082
charactersCoveredMore 0.14958 troublesAlone 0.125 = 0.0008 = -0.0184 literalReplaced 0.0244 = 0.012 = -0.0091
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0006 = -0.0232 = 0.0174
charactersCoveredLess 0.22829 rarestThing 0.51283 = -0.0165 = 0.0017 pairsCoveredMore 0.2131 = 0.0187 = -0.0061
restExplained 0.23611 troublesCoveredMore 0.47041 = -0.0135 = 0.0016 literalReplaced 0.04939 = 0.015 = -0.0129
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0008 = -0.0227 = 0.0167
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0171 = 0.0018 pairsCoveredLess 0.19452 = 0.0105 = -0.008
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0153 = 0.0056 longestRun 0.25543 = 0.018 = -0.007
pairsCoveredMore 0.90458 longestRun 0.36039 = 0.0011 = -0.0212 nothingReplaced 0.5 = -0.0043 = 0.0173
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0147 = 0.0053 longestRun 0.25543 = 0.0169 = -0.0063
rarestCharacter 0.53191 rarestThing 0.56644 = -0.0143 = 0.0051 lengthsApart 0.12772 = -0.0082 = 0.012
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = 0.0009 = -0.0215 replaced 0.125 = 0.0169 = -0.0041
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = 0.0008 = -0.0211 literalReplaced 0.00417 = 0.0165 = -0.0041
thingsAgainst 0.5 longestRunReplaced 0.1543 = 0.0053 = -0.0124 spotsShared 0.33333 = -0.0155 = 0.0039
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.014 = 0.0053 literal 0.10913 = 0.0169 = -0.0056
longestRun 0.91833 longestRun 0.36039 = 0.0012 = -0.0198 = 0.0155
rarestCharacter 0.54925 charactersCoveredMore 0.26908 = -0.0137 = 0.0002 pairsCoveredLess 0.19452 = 0.0128 = -0.0058
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0008 = -0.0202 = 0.0152
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0122 = 0.0086 lengthsApart 0.06066 = -0.0109 = 0.0084
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0108 = 0.0038 literalReplaced 0.04939 = 0.0131 = -0.0096
thingsAgainst 0.5 longestRun 0.21825 = 0.0096 = -0.0042 rarestTrouble 0.46624 = -0.0149 = 0.0018
restExplained 0.23611 thingsAndTroubles 0.31 = -0.0104 = 0.0048 literalReplaced 0.04939 = 0.0124 = -0.0091
charactersCoveredLess 0.22829 rarestThing 0.51283 = -0.0137 = 0.0028 literal 0.10913 = 0.0149 = -0.005
longestRun 0.91833 longestRun 0.36039 = 0.0015 = -0.0187 = 0.0144
thingsAgainst 0.5 longestRun 0.21825 = 0.0088 = -0.0038 rarestSpot 0.16566 = -0.0139 = 0.0042
charactersCoveredLess 0.22829 troublesCoveredMore 0.51624 = -0.012 = 0.0011 longestRun 0.25543 = 0.0135 = -0.005
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.001 = -0.0192 = 0.0143
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0097 = 0.0039 lengthsApart 0.12772 = -0.0054 = 0.0139
longestRun 0.91833 longestRun 0.36039 = 0.0014 = -0.0176 counts 0.5 = 0.0146 = -0.0003
rarestCharacter 0.54925 counts 0.5 = -0.0093 = 0.0082 pairsCoveredLess 0.19452 = 0.0109 = -0.005
restExplained 0.23611 replaced 0.625 = 0.0004 = -0.0129 lengthsApart 0.12772 = -0.005 = 0.0131
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0011 = -0.0183 counts 0.5 = 0.0143 = -0.0003
charactersCoveredMore 0.14958 troublesAlone 0.125 = 0.0039 = -0.0143 literalReplaced 0.0244 = 0.0091 = -0.0059
restExplained 0.23611 rarestThing 0.49286 = -0.013 = 0.0013 literalThingsAlone 0.02831 = 0.01 = -0.0094
charactersCoveredLess 0.22829 replaced 0.625 = 0.0006 = -0.0119 pairsCoveredLess 0.19452 = 0.0115 = -0.0056
troublesCoveredMore 0.69639 restExplained 0.14835 = -0.0094 = 0.0021 literalThingsAlone 0.03307 = 0.0092 = -0.0078
longestRun 0.91833 longestRun 0.36039 = 0.0015 = -0.0168 lengthsApart 0.06066 = 0.0007 = 0.0129
thingsAgainst 0.5 longestRun 0.21825 = 0.0083 = -0.0037 charactersCoveredMore 0.58493 = -0.0121 = 0.0017
troublesCoveredMore 0.69639 restExplained 0.14835 = -0.0089 = 0.0021 literalThingsAlone 0.03307 = 0.0087 = -0.0072
longestRun 0.91833 longestRun 0.36039 = 0.0014 = -0.0162 = 0.0121
rarestCharacter 0.54925 thingsCoveredLess -0.5 = 0.0113 = -0.0083 literal 0.10913 = 0.0108 = -0.0047
charactersCoveredLess 0.22829 thingsCoveredLess -0.5 = 0.0083 = -0.0084 lengthsApart 0.19375 = -0.0024 = 0.0121
thingsAgainst 0.5 literalTroublesAlone 0.02859 = 0.005 = -0.0073 longestRunReplaced 0.16036 = -0.0117 = -0.0003
thingsAgainst 0.5 longestRun 0.21825 = 0.0076 = -0.0035 rarestSpot 0.16566 = -0.012 = 0.0044
troublesCoveredMore 0.69639 restExplained 0.14835 = -0.0083 = 0.0018 lengthsApart 0.04881 = -0.0063 = 0.0084
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0013 = -0.0171 = 0.0117
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0106 = 0.0053 literalTroublesAlone 0.02859 = 0.0076 = -0.0067
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.001 = -0.0167 counts 0.5 = 0.0123 = -0.001
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0092 = 0.0082 literal 0.08514 = 0.0123 = -0.0025
longestRun 0.91833 longestRun 0.31909 = 0.002 = -0.0134 lengthsApart 0.06066 = 0.0003 = 0.0115
troublesCoveredMore 0.66466 counts 0.5 = -0.0056 = 0.0127 oneNamesCrew 0.5 = 0.0068 = -0.0092
thingsAgainst 0.5 literalReplaced 0.0244 = 0.0058 = -0.0039 rarestTrouble 0.46624 = -0.0119 = 0.0029
lengthsApart 0.12772 pairsCoveredMore 0.1701 = 0.0022 = -0.0123 restExplained 0.23611 = -0.0027 = 0.0112
charactersCoveredMore 0.26908 asks 0.5 = -0.008 = 0.0089 longestRun 0.21825 = 0.0114 = -0.0026
replaced 0.625 thingsCoveredMore 0.53478 = -0.01 = 0.0054 troublesCoveredLess 0.24391 = -0.0096 = 0.0058
thingsAgainst 0.5 literalRestAlone 0.0723 = 0.0037 = -0.0079 spotsShared 0.33333 = -0.011 = 0.0046
lengthsApart 0.12772 pairsCoveredMore 0.14175 = 0.0022 = -0.0116 rarestCharacter 0.54925 = -0.0071 = 0.0096
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0013 = -0.0159 counts 0.5 = 0.0115 = -0.0011
troublesCoveredMore 0.66466 counts 0.5 = -0.0054 = 0.0122 literal 0.14643 = 0.0093 = -0.0037
longestRun 0.91833 restExplained 0.75962 = 0.0001 = -0.0117 counts 0.5 = 0.0113 = -0.0011
charactersCoveredMore 0.26908 rarestThing 0.49286 = -0.0126 = 0.0045 longestRun 0.21825 = 0.0106 = -0.0025
troublesAgainst 0.5 literalThingsAlone 0.02831 = 0.0052 = -0.0086 charactersCoveredMore 0.69666 = -0.0103 = 0.0124
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.0037 = 0.0067 rarestThing 0.66289 = -0.0149 = 0.0037
restExplained 0.23611 replaced 0.625 = 0.0008 = -0.0103 charactersCoveredLess 0.4498 = 0.0111 = -0.0032
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0092 = 0.005 longestRun 0.25543 = 0.0095 = -0.004
longestRun 0.91833 longestRun 0.36039 = 0.0014 = -0.0138 lengthsApart 0.06066 = 0.0004 = 0.0104
longestRun 0.91833 longestRun 0.31909 = 0.0018 = -0.0118 lengthsApart 0.09307 = 0.001 = 0.0106
restExplained 0.23611 rarestThing 0.49286 = -0.011 = 0.0016 literalTroublesAlone 0.04919 = 0.0075 = -0.0108
lengthsApart 0.3101 counts 0.5 = -0.004 = 0.0104 rarestCharacter 0.54925 = -0.0055 = 0.0144
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.0034 = 0.0064 literalThingsAlone 0.0133 = -0.014 = 0.0031
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.0144 counts 0.5 = 0.0106 = -0.0013
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0045 = 0.0048 thingsAlone 0.3625 = -0.0137 = 0.0026
troublesCoveredMore 0.66466 counts 0.5 = -0.005 = 0.0115 oneNamesCrew 0.5 = 0.0062 = -0.0088
thingsAgainst 0.5 longestRun 0.21825 = 0.0065 = -0.0032 spotsShared 0.33333 = -0.0104 = 0.0046
restExplained 0.23611 rarestThing 0.49286 = -0.0104 = 0.0014 literalTroublesAlone 0.04919 = 0.0071 = -0.0104
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0087 = 0.005 literalTroublesAlone 0.02859 = 0.0065 = -0.0056
thingsCoveredLess -0.5 literal 0.14643 = 0.0138 = -0.0016 replaced 0.625 = 0.0019 = -0.0081
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.0032 = 0.0058 rarestThing 0.66289 = -0.0138 = 0.0035
counts 0.5 longestRun 0.91833 = -0.0029 = 0.01 literal 0.17752 = 0.0137 = -0.003
rarestSpot 0.54556 lengthsApart 0.2697 = -0.004 = 0.0047 literalReplaced 0.1225 = 0.0115 = -0.0016
longestRun 0.21825 charactersCoveredLess 0.22829 = -0.0029 = 0.0104 lengthsApart 0.14643 = -0.0105 = 0.0039
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0027 = 0.0068 thingsAlone 0.26875 = -0.0115 = 0.0063
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0038 = 0.0043 rarestThing 0.66289 = -0.0134 = 0.0034
longestRun 0.21825 charactersCoveredLess 0.22829 = -0.0026 = 0.0099 pairsCoveredMore 0.90458 = -0.0064 = 0.008
thingsCoveredLess -0.5 literal 0.14643 = 0.0134 = -0.0016 replaced 0.625 = 0.0019 = -0.0075
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0131 = -0.0016 rarestTrouble 0.3514 = -0.0032 = 0.006
counts 0.5 longestRun 0.91833 = -0.0024 = 0.0095 literal 0.17752 = 0.0132 = -0.0029
literalTroublesAlone 0.02859 rarestCharacter 0.53191 = -0.0053 = 0.0061 literalReplaced 0.06742 = -0.0121 = 0.0073
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0034 = 0.0066 pairsCoveredLess 0.7672 = -0.0095 = 0.0044
longestRun 0.18466 rarestThing 0.49286 = -0.0047 = 0.0109 lengthsApart 0.21584 = -0.0065 = 0.0042
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0022 = 0.0063 longestRun 0.18466 = 0.0055 = -0.0115
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0016 = 0.0129 replaced 0.625 = 0.0018 = -0.007
pairsCoveredLess 0.19452 charactersCoveredLess 0.22829 = -0.0032 = 0.0072 pairsCoveredMore 0.90458 = -0.0094 = 0.0072
oneNamesCrew 0.5 literalTroublesAlone 0.02859 = 0.0036 = -0.0052 rarestThing 0.66289 = -0.0129 = 0.0032
longestRun 0.18466 longestRun 0.09307 = -0.0063 = 0.0083 lengthsApart 0.21584 = -0.0063 = 0.0037
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0033 = 0.0047 longestRunReplaced 0.13693 = 0.0119 = -0.0022
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0015 = 0.0125 rarestThing 0.49286 = -0.0066 = 0.0019
counts 0.5 literalReplaced 0.0244 = 0.0023 = -0.0054 literal 0.17752 = 0.0129 = -0.0027
rarestSpot 0.54556 counts 0.5 = -0.0022 = 0.0096 literalRestAlone 0.0351 = 0.012 = -0.0024
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0031 = 0.0063 longestRun 0.91833 = -0.0105 = 0.0075
longestRun 0.18466 charactersCoveredMore 0.14958 = -0.0046 = 0.0081 longestRun 0.91833 = -0.0047 = 0.0073
thingsCoveredLess -0.5 literal 0.14643 = 0.0123 = -0.0014 rarestThing 0.49286 = -0.0062 = 0.0019
longestRun 0.31909 rarestCharacter 0.54925 = -0.0029 = 0.0057 longestRun 0.91833 = -0.01 = 0.0071
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0039 = -0.0039 rarestThing 0.66289 = -0.0124 = 0.003
restAlone 0.625 lengthsApart 0.21584 = -0.0019 = 0.0089 thingsCoveredLess 0.66766 = 0.0031 = -0.0125
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0119 thingsCoveredMore 0.53478 = -0.0086 = 0.0014
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0116 = -0.0014 thingsCoveredMore 0.53478 = -0.0083 = 0.0013
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0016 = -0.0069 literalRestAlone 0.0351 = 0.0115 = -0.0024
longestRun 0.21825 rarestThing 0.49286 = -0.0047 = 0.0089 lengthsApart 0.14643 = -0.01 = 0.0039
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0114 = -0.0014 thingsCoveredMore 0.53478 = -0.0079 = 0.0012
counts 0.5 literalTroublesAlone 0.02859 = 0.0015 = -0.008 literal 0.17752 = 0.0121 = -0.0029
restAlone 0.625 lengthsApart 0.21584 = -0.0017 = 0.0083 rarestTrouble 0.33338 = -0.0091 = 0.0094
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0019 = 0.0057 rarestThing 0.66289 = -0.0122 = 0.0028
restAlone 0.625 thingsCoveredLess 0.59908 = -0.004 = 0.0058 rarestTrouble 0.33338 = -0.0085 = 0.0089
longestRun 0.31909 literalReplaced 0.06742 = 0.0001 = 0.0109 longestRun 0.91833 = -0.01 = 0.0066
longestRun 0.25543 charactersCoveredLess 0.22829 = -0.0029 = 0.0074 longestRun 0.91833 = -0.0073 = 0.0064
oneNamesCrew 0.5 restExplained 0.01923 = -0.0019 = 0.0052 rarestThing 0.66289 = -0.012 = 0.0027
longestRun 0.18466 rarestThing 0.49286 = -0.0034 = 0.009 lengthsApart 0.21584 = -0.0056 = 0.0033
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0112 = -0.0014 rarestSpot 0.54556 = -0.0022 = 0.0097
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0017 = 0.0054 literalThingsAlone 0.0133 = -0.0116 = 0.0028
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0097 = -0.0021 literalRestAlone 0.0351 = 0.0111 = -0.0023
counts 0.5 literalTroublesAlone 0.02859 = 0.0015 = -0.0074 pairsCoveredMore 0.30136 = 0.0117 = -0.0028
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0093 = -0.0019 longestRunReplaced 0.13693 = 0.0106 = -0.002
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0019 = 0.0059 thingsAlone 0.26875 = -0.0099 = 0.0056
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0036 = -0.0039 rarestThing 0.66289 = -0.0115 = 0.0027
longestRun 0.31909 literalReplaced 0.06742 = 0 = 0.0107 pairsCoveredLess 0.7672 = -0.0079 = 0.0032
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0091 = -0.0019 longestRunReplaced 0.13693 = 0.0103 = -0.002
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0034 = -0.0036 rarestThing 0.66289 = -0.0112 = 0.0027
counts 0.5 troublesCoveredMore 0.66466 = -0.0035 = 0.0032 literal 0.17752 = 0.0113 = -0.0027
restAlone 0.625 longestRun 0.25543 = 0.0056 = -0.0026 thingsCovered 0.34167 = 0.0052 = -0.0071
lengthsApart 0.3101 rarestCharacter 0.59191 = 0.0036 = -0.0056 rarestThing 0.49286 = -0.0051 = 0.0102
oneNamesCrew 0.5 lengthsApart 0.3101 = -0.0008 = 0.0066 thingsAlone 0.3625 = -0.011 = 0.0027
counts 0.5 troublesCoveredMore 0.66466 = -0.0034 = 0.003 charactersCoveredLess 0.82743 = 0.0103 = -0.0031
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0087 = -0.0019 literalRestAlone 0.0351 = 0.0104 = -0.0021
oneNamesCrew 0.5 restExplained 0.01923 = -0.0018 = 0.005 literalThingsAlone 0.0133 = -0.0107 = 0.0027
longestRun 0.31909 longestRun 0.09307 = -0.0056 = 0.0037 charactersCoveredMore 0.93347 = -0.0095 = 0.0043
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0069 charactersCoveredLess 0.82743 = 0.01 = -0.0031
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0029 = 0.0037 thingsAlone 0.3625 = -0.0106 = 0.0026
restAlone 0.625 thingsCoveredMore 0.53478 = -0.0057 = 0.0043 thingsShared 0.47619 = 0.0057 = -0.0086
longestRun 0.18466 rarestThing 0.49286 = -0.0036 = 0.0084 charactersCoveredMore 0.47026 = -0.0076 = 0.0009
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0011 = -0.0057 literalRestAlone 0.0351 = 0.01 = -0.0021
thingsCoveredLess -0.5 literal 0.14643 = 0.0097 = -0.0015 thingsCoveredMore 0.53478 = -0.0077 = 0.0013
rarestSpot 0.54556 counts 0.5 = -0.0019 = 0.0076 longestRunReplaced 0.13693 = 0.0096 = -0.0019
longestRun 0.31909 rarestCharacter 0.54925 = -0.0027 = 0.005 pairsCoveredMore 0.90458 = -0.0087 = 0.0054
oneNamesCrew 0.5 lengthsApart 0.3101 = -0.0009 = 0.0064 longestRunReplaced 0.03709 = 0.0005 = -0.0089
thingsCoveredLess -0.5 literal 0.14643 = 0.0095 = -0.0015 replaced 0.625 = 0.0015 = -0.006
longestRun 0.21825 longestRun 0.09307 = -0.0053 = 0.0055 lengthsApart 0.14643 = -0.0091 = 0.0037
crewsShared 0.58333 rarestCharacter 0.53191 = -0.0052 = 0.0014 spotsShared 0.33333 = 0.0082 = -0.0009
crewsShared 0.58333 restAlone 0.625 = 0.0015 = -0.0056 literalTroublesAlone 0.01734 = 0.009 = -0.0007
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.003 = -0.0035 rarestThing 0.66289 = -0.0104 = 0.0024
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.008 = -0.0019 literalRestAlone 0.0351 = 0.0097 = -0.0021
crewsShared 0.58333 rarestSpot 0.54556 = -0.0018 = 0.0075 literalTroublesAlone 0.01734 = 0.0088 = -0.0007
longestRun 0.18466 thingsAgainst 0.5 = 0.0059 = -0.0056 charactersCoveredMore 0.47026 = -0.0069 = 0.0009
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0017 = 0.0049 rarestThing 0.66289 = -0.0101 = 0.0024
longestRun 0.31909 literalReplaced 0.06742 = -0.0004 = 0.0101 pairsCoveredMore 0.90458 = -0.0084 = 0.0053
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0031 = -0.003 thingsAlone 0.3625 = -0.0098 = 0.0024
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0027 = 0.0039 pairsCoveredMore 0.30136 = 0.0087 = -0.0009
restAlone 0.625 thingsCoveredLess 0.59908 = -0.0039 = 0.0056 thingsCoveredLess 0.66766 = 0.0033 = -0.011
restAlone 0.625 thingsCoveredLess 0.59908 = -0.0037 = 0.0053 literalThingsAlone 0.00538 = -0.0087 = 0.005
longestRun 0.25543 charactersCoveredLess 0.22829 = -0.0028 = 0.0063 pairsCoveredMore 0.90458 = -0.0062 = 0.0049
thingsCoveredLess -0.5 troublesCoveredLess 0.63321 = 0.0089 = -0.0017 thingsCoveredMore 0.53478 = -0.0072 = 0.0011
pairsCoveredLess 0.28305 rarestTrouble 0.3514 = -0.0003 = 0.008 literal 0.76795 = -0.0103 = 0.0043
nothingReplaced 0.5 thingsCoveredMore 0.82885 = -0.0367 = -0.0116 literalRestAlone 0.06417 = 0.029 = -0.0124
thingsShared 0.78571 thingsCovered 0.825 = -0.0338 = -0.0144 longestRunReplaced 0.08514 = 0.0253 = -0.0237
thingsShared 0.78571 rarestThing 0.71104 = -0.0309 = -0.0067 longestRunReplaced 0.08514 = 0.0234 = -0.0221
replaced 0.125 lengthsApart 0.04881 = -0.0075 = 0.0255 thingsCoveredMore 0.82885 = -0.03 = -0.0095
nothingReplaced 0.5 thingsCovered 0.825 = -0.0284 = -0.0089 literalThingsAlone 0.03307 = 0.0239 = -0.0115
nothingReplaced 0.5 thingsCoveredMore 0.62452 = -0.0278 = -0.0093 longestRun 0.85357 = 0.0081 = 0.0271
thingsCoveredMore 0.82885 toneDiffers 0.5 = -0.0261 = 0.0042 literalReplaced 0.04454 = 0.0165 = -0.0256
thingsShared 0.78571 thingsCoveredMore 0.62452 = -0.0255 = -0.0115 literalRestAlone 0.0723 = 0.0146 = -0.026
thingsShared 0.78571 thingsAndTroubles 0.16333 = -0.0237 = -0.0048 longestRunReplaced 0.08514 = 0.0186 = -0.0178
replaced 0.125 literalRestAlone 0.06417 = 0.019 = -0.0135 thingsCoveredMore 0.62452 = -0.0239 = -0.0073
nothingReplaced 0.5 thingsCoveredLess 0.42668 = -0.0231 = -0.0062 literalRestAlone 0.06417 = 0.0181 = -0.0132
thingsCoveredLess 0.59908 rarestCharacter 0.53191 = -0.0241 = -0.0115 literalReplaced 0.05742 = 0.0131 = -0.0207
thingsCoveredMore 0.82885 rarestCharacter 0.76218 = -0.0222 = -0.005 literalReplaced 0.04454 = 0.0138 = -0.0213
thingsCoveredLess 0.51253 restExplained 0.23611 = -0.0224 = -0.0081 literalRestAlone 0.0723 = 0.0096 = -0.0236
rarestThing 0.52789 thingsAlone 0.0375 = -0.0013 = -0.0207 literalReplaced 0.04939 = 0.0172 = -0.0205
rarestThing 0.53822 charactersCoveredLess 0.12592 = -0.0228 = -0.0094 pairsCoveredLess 0.19452 = 0.0211 = -0.0121
nothingReplaced 0.5 pairsCoveredLess 0.19452 = -0.0073 = -0.0238 lengthsApart 0.04881 = -0.0118 = 0.0166
rarestThing 0.52789 rarestCharacter 0.54925 = -0.0208 = -0.006 literalReplaced 0.04454 = 0.0164 = -0.0175
thingsCoveredMore 0.62452 toneDiffers 0.5 = -0.0193 = 0.0077 longestRunReplaced 0.13693 = 0.0078 = -0.017
rarestThing 0.48979 longestRun 0.91833 = -0.0183 = 0.0101 literalRestAlone 0.0723 = 0.0081 = -0.0197
charactersCoveredLess 0.10633 crewsShared 0.25 = -0.0214 = 0.0037 literalReplaced 0.04454 = 0.013 = -0.0178
charactersCoveredLess 0.10633 rarestThing 0.53191 = -0.0212 = 0.0019 longestRun 0.25543 = 0.0155 = -0.0126
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0032 = -0.0259 = 0.0198
rarestCharacter 0.53191 rarestThing 0.56644 = -0.0193 = 0.006 literal 0.10913 = 0.0198 = -0.0102
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0208 = -0.0011 literalThingsAlone 0.02831 = 0.0092 = -0.0186
thingsCoveredMore 0.62452 restExplained 0.23611 = -0.0185 = -0.0069 literalReplaced 0.04454 = 0.0087 = -0.014
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0171 = 0.0008 pairsCoveredLess 0.19452 = 0.0209 = -0.0051
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0018 = -0.0249 = 0.0191
thingsAndTroubles 0.16333 charactersCoveredLess 0.15596 = -0.0189 = -0.0032 literalReplaced 0.05742 = 0.0163 = -0.017
thingsAgainst 0.5 longestRun 0.25543 = 0.0097 = -0.0089 rarestSpot 0.34949 = -0.0185 = 0.0048
charactersCoveredLess 0.10633 spotsShared 0.33333 = -0.019 = 0.0008 literalReplaced 0.04454 = 0.0108 = -0.0141
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.0196 = 0 pairsCoveredLess 0.19452 = 0.012 = -0.0101
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0009 = -0.0241 lengthsApart 0.06066 = 0.0015 = 0.0191
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0008 = -0.0237 counts 0.5 = 0.0188 = 0.0015
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0191 = -0.0001 longestRun 0.25543 = 0.0135 = -0.0089
rarestCharacter 0.53191 charactersCoveredMore 0.30702 = -0.0165 = -0.0013 literalReplaced 0.04939 = 0.0117 = -0.0132
charactersCoveredMore 0.14958 troublesAlone 0.125 = -0.0002 = -0.019 literalReplaced 0.0244 = 0.0123 = -0.0092
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0155 = 0.0083 longestRun 0.25543 = 0.0204 = -0.0083
charactersCoveredMore 0.14958 troublesAlone 0.125 = 0.0003 = -0.0183 literalReplaced 0.0244 = 0.0116 = -0.0088
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0002 = -0.0234 counts 0.5 = 0.018 = 0.0013
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0161 = 0.0048 pairsCoveredMore 0.2131 = 0.0188 = -0.0061
thingsAndTroubles 0.16333 charactersCoveredLess 0.15596 = -0.0158 = -0.0016 literalReplaced 0.05742 = 0.0132 = -0.0132
charactersCoveredLess 0.22829 rarestThing 0.49286 = -0.0166 = 0.0009 longestRun 0.25543 = 0.0184 = -0.0077
longestRun 0.91833 longestRun 0.36039 = 0.0008 = -0.0219 counts 0.5 = 0.0176 = 0.0014
restExplained 0.23611 thingsAndTroubles 0.31 = -0.013 = 0.0052 literalThingsAlone 0.02831 = 0.0133 = -0.0127
rarestCharacter 0.53191 counts 0.5 = -0.0129 = 0.0091 lengthsApart 0.12772 = -0.0083 = 0.0125
longestRun 0.91833 longestRun 0.36039 = 0.0012 = -0.0213 counts 0.5 = 0.0168 = 0.0011
rarestCharacter 0.53191 rarestThing 0.56644 = -0.0141 = 0.0053 literal 0.10913 = 0.0142 = -0.0065
restExplained 0.23611 troublesCoveredMore 0.47041 = -0.0129 = 0.0017 literalReplaced 0.04939 = 0.0146 = -0.011
thingsAgainst 0.5 longestRun 0.21825 = 0.0102 = -0.0047 rarestTrouble 0.46624 = -0.0158 = 0.0012
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0143 = 0.0055 pairsCoveredLess 0.19452 = 0.016 = -0.0074
restExplained 0.23611 rarestThing 0.49286 = -0.0149 = 0.0001 literalReplaced 0.04939 = 0.0137 = -0.0103
pairsCoveredMore 0.90458 longestRun 0.36039 = 0.0014 = -0.0204 nothingReplaced 0.5 = -0.0037 = 0.0162
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0012 = -0.0215 = 0.0152
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0136 = 0.0054 longestRun 0.25543 = 0.0156 = -0.0062
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0107 = 0.0036 literalReplaced 0.04939 = 0.0128 = -0.0092
pairsCoveredMore 0.90458 longestRun 0.36039 = 0.0014 = -0.0194 nothingReplaced 0.5 = -0.0033 = 0.0154
thingsAgainst 0.5 pairsCoveredLess 0.19452 = 0.0072 = -0.0059 charactersCoveredLess 0.22829 = -0.0148 = -0.0026
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0012 = -0.0206 counts 0.5 = 0.0153 = 0.0005
thingsAgainst 0.5 troublesCoveredMore 0.69639 = -0.0034 = 0.0086 spotsShared 0.33333 = -0.0143 = 0.0044
rarestCharacter 0.54925 rarestThing 0.53191 = -0.0124 = 0.0032 literal 0.10913 = 0.0137 = -0.0056
longestRun 0.91833 longestRun 0.31909 = 0.0019 = -0.0167 lengthsApart 0.06066 = 0.0006 = 0.0145
troublesCoveredMore 0.66466 restExplained 0.14835 = -0.0111 = 0.0044 literalThingsAlone 0.03307 = 0.0095 = -0.0093
restExplained 0.23611 rarestThing 0.49286 = -0.0135 = 0.0008 lengthsApart 0.12772 = -0.0063 = 0.0148
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0125 = 0.0049 pairsCoveredLess 0.19452 = 0.0134 = -0.0063
charactersCoveredLess 0.22829 rarestThing 0.49286 = -0.0136 = 0.0018 literal 0.10913 = 0.0142 = -0.0048
longestRun 0.91833 longestRun 0.36039 = 0.0014 = -0.0177 counts 0.5 = 0.0145 = 0.0003
restExplained 0.23611 rarestThing 0.49286 = -0.0128 = 0.0006 literalReplaced 0.04939 = 0.0109 = -0.0073
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0014 = -0.0193 counts 0.5 = 0.014 = 0.0002
charactersCoveredMore 0.26908 troublesAlone 0.125 = 0.0027 = -0.011 literal 0.10913 = 0.0115 = -0.0044
longestRun 0.91833 charactersCoveredLess 0.51796 = 0.0005 = -0.0133 = 0.0129
rarestCharacter 0.54925 counts 0.5 = -0.0087 = 0.0086 lengthsApart 0.19375 = -0.004 = 0.0144
thingsAgainst 0.5 longestRun 0.21825 = 0.0086 = -0.004 spotsShared 0.33333 = -0.0129 = 0.0045
longestRun 0.91833 longestRun 0.36039 = 0.0014 = -0.0164 counts 0.5 = 0.0135 = 0.0001
charactersCoveredLess 0.22829 replaced 0.625 = 0.0009 = -0.0122 pairsCoveredLess 0.19452 = 0.0112 = -0.005
troublesCoveredMore 0.66466 charactersCoveredLess 0.15596 = -0.0129 = -0.0002 lengthsApart 0.04881 = -0.007 = 0.0089
restExplained 0.23611 replaced 0.625 = 0.0006 = -0.0122 lengthsApart 0.12772 = -0.0054 = 0.013
restExplained 0.23611 replaced 0.625 = 0.0006 = -0.0117 literalThingsAlone 0.02831 = 0.0093 = -0.0085
longestRun 0.91833 literal 0.14643 = 0.0019 = -0.0133 counts 0.5 = 0.0128 = -0.0001
charactersCoveredLess 0.08841 rarestThing 0.51283 = -0.0137 = 0.0041 longestRun 0.21825 = 0.0089 = -0.0042
thingsAgainst 0.5 longestRun 0.21825 = 0.0078 = -0.0037 rarestTrouble 0.46624 = -0.0126 = 0.0032
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0095 = 0.0077 pairsCoveredLess 0.19452 = 0.0099 = -0.0046
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = 0.0012 = -0.0173 literalReplaced 0.00417 = 0.0127 = -0.0024
troublesAgainst 0.5 literalThingsAlone 0.02831 = 0.0056 = -0.0098 spotsShared 0.33333 = -0.0107 = 0.0081
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0092 = 0.0073 longestRun 0.25543 = 0.0104 = -0.0042
troublesCoveredMore 0.66466 counts 0.5 = -0.006 = 0.0124 literal 0.14643 = 0.01 = -0.0029
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0081 = 0.0041 lengthsApart 0.12772 = -0.0051 = 0.0121
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0012 = -0.0168 counts 0.5 = 0.0125 = -0.0001
restExplained 0.23611 rarestThing 0.49286 = -0.0112 = 0.0009 literalThingsAlone 0.02831 = 0.0084 = -0.0071
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.0164 counts 0.5 = 0.012 = -0.0002
troublesCoveredMore 0.66466 replaced 0.625 = 0.001 = -0.0095 literalContradicted 0.02178 = 0.0066 = -0.0075
thingsAgainst 0.5 longestRun 0.21825 = 0.0073 = -0.0036 spotsShared 0.33333 = -0.0115 = 0.0046
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0011 = -0.0161 counts 0.5 = 0.0117 = -0.0002
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0075 = 0.004 lengthsApart 0.12772 = -0.0048 = 0.0111
restExplained 0.23611 replaced 0.625 = 0.0008 = -0.0103 lengthsApart 0.12772 = -0.0045 = 0.0104
charactersCoveredMore 0.26908 rarestCharacter 0.56899 = -0.0095 = 0.0032 lengthsApart 0.21584 = -0.0024 = 0.0109
literalRestAlone 0.08114 charactersCoveredLess 0.22829 = -0.0053 = 0.0059 longestRun 0.18466 = 0.0066 = -0.014
literalTroublesAlone 0.02859 charactersCoveredLess 0.22829 = -0.0047 = 0.007 literalReplaced 0.06742 = -0.0135 = 0.0055
longestRun 0.91833 longestRun 0.31909 = 0.002 = -0.0127 counts 0.5 = 0.0109 = -0.0003
thingsAgainst 0.5 longestRun 0.21825 = 0.0072 = -0.0037 spotsShared 0.33333 = -0.0109 = 0.0044
troublesCoveredMore 0.66466 counts 0.5 = -0.0053 = 0.0122 lengthsApart 0.04881 = -0.0052 = 0.007
rarestCharacter 0.53191 crewsShared 0.25 = -0.0077 = 0.0086 longestRun 0.25543 = 0.0075 = -0.004
longestRun 0.91833 longestRun 0.31909 = 0.0018 = -0.0118 lengthsApart 0.09307 = 0.0007 = 0.0108
counts 0.5 literalReplaced 0.0244 = 0.0024 = -0.0066 pairsCoveredLess 0.23599 = 0.0145 = -0.002
restExplained 0.23611 replaced 0.625 = 0.0009 = -0.0096 lengthsApart 0.12772 = -0.0042 = 0.0098
thingsAgainst 0.5 longestRun 0.21825 = 0.0066 = -0.0032 spotsShared 0.33333 = -0.0106 = 0.0043
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0027 = 0.0065 longestRunReplaced 0.03709 = 0.0006 = -0.0133
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0011 = 0.0144 rarestCharacter 0.54925 = -0.0069 = 0.0023
lengthsApart 0.29289 literalReplaced 0.02899 = 0.0022 = -0.0082 charactersCoveredMore 0.47026 = -0.0035 = 0.0154
counts 0.5 literalTroublesAlone 0.02859 = 0.0015 = -0.01 literal 0.17752 = 0.0143 = -0.0019
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0076 = 0.0072 pairsCoveredLess 0.19452 = 0.0079 = -0.004
oneNamesCrew 0.5 literalRestAlone 0.08114 = 0.0031 = -0.0081 thingsAlone 0.3625 = -0.014 = 0.0029
thingsCoveredLess -0.5 troublesCoveredLess 0.63321 = 0.0134 = -0.0018 replaced 0.625 = 0.0019 = -0.0078
counts 0.5 lengthsApart 0.29289 = -0.004 = 0.0059 literal 0.17752 = 0.0138 = -0.0019
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0044 = 0.005 rarestThing 0.66289 = -0.0142 = 0.0038
longestRun 0.91833 charactersCoveredLess 0.4498 = 0.0013 = -0.0083 lengthsApart 0.06066 = 0.0001 = 0.0097
counts 0.5 longestRun 0.91833 = -0.0027 = 0.01 literal 0.17752 = 0.0135 = -0.0019
thingsAgainst 0.5 literalRestAlone 0.0723 = 0.0037 = -0.0077 spotsShared 0.33333 = -0.0101 = 0.0043
rarestSpot 0.54556 longestRun 0.09307 = -0.0098 = 0.0007 literalRestAlone 0.0351 = 0.0127 = -0.0022
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0134 = -0.0013 thingsCoveredMore 0.53478 = -0.0099 = 0.0016
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0131 thingsCoveredMore 0.53478 = -0.0095 = 0.0015
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0024 = 0.0062 troublesCoveredMore -0.5 = 0.0029 = -0.0119
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0036 = 0.0056 literalRestAlone 0.0351 = 0.0125 = -0.0022
literalRestAlone 0.08114 charactersCoveredLess 0.22829 = -0.004 = 0.005 longestRun 0.18466 = 0.0057 = -0.0122
longestRun 0.21825 rarestThing 0.49286 = -0.0054 = 0.0101 lengthsApart 0.14643 = -0.011 = 0.0042
literalTroublesAlone 0.02859 rarestThing 0.66289 = -0.0019 = 0.0095 literalReplaced 0.06742 = -0.0127 = 0.0076
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0012 = 0.0129 rarestCharacter 0.54925 = -0.0061 = 0.0021
counts 0.5 literalTroublesAlone 0.02859 = 0.0016 = -0.0092 literal 0.17752 = 0.0131 = -0.0018
longestRun 0.21825 thingsAgainst 0.5 = 0.0063 = -0.0072 lengthsApart 0.14643 = -0.0106 = 0.0041
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0088 charactersCoveredLess 0.82743 = 0.0118 = -0.0029
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0035 = -0.0037 rarestThing 0.66289 = -0.0135 = 0.0034
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0123 = -0.0012 thingsCoveredMore 0.53478 = -0.009 = 0.0013
restExplained 0.23611 troublesAlone 0.625 = -0.0044 = 0.0094 literalTroublesAlone 0.04919 = 0.0069 = -0.0093
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0024 = 0.0063 thingsAlone 0.26875 = -0.0111 = 0.0059
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0014 = -0.0074 literalRestAlone 0.0351 = 0.012 = -0.002
oneNamesCrew 0.5 longestRun 0.31909 = 0.0036 = -0.0045 literalThingsAlone 0.0133 = -0.0128 = 0.0029
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0104 = -0.0023 literalRestAlone 0.0351 = 0.0117 = -0.002
counts 0.5 troublesCoveredMore 0.66466 = -0.0042 = 0.0035 literal 0.17752 = 0.0123 = -0.0018
longestRun 0.18466 replaced 0.625 = 0.0099 = -0.0034 literal 0.76795 = -0.0048 = 0.0072
oneNamesCrew 0.5 restExplained 0.01923 = -0.0022 = 0.0057 rarestThing 0.66289 = -0.0129 = 0.0034
counts 0.5 literalTroublesAlone 0.02859 = 0.0013 = -0.008 literal 0.17752 = 0.012 = -0.0019
longestRun 0.31909 restAlone 0.625 = 0.0054 = -0.0035 longestRun 0.91833 = -0.0109 = 0.0081
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0033 = 0.0052 longestRunReplaced 0.13693 = 0.0117 = -0.002
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0035 = 0.0044 rarestThing 0.66289 = -0.0127 = 0.0032
charactersCoveredLess 0.22829 rarestThing 0.76218 = -0.0063 = 0.0074 pairsCoveredLess 0.19452 = 0.0069 = -0.0036
thingsCoveredLess -0.5 literal 0.14643 = 0.0117 = -0.0012 thingsCoveredMore 0.53478 = -0.0087 = 0.0014
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.002 = 0.0056 troublesCoveredMore -0.5 = 0.0027 = -0.0108
longestRun 0.21825 charactersCoveredLess 0.22829 = -0.0024 = 0.0093 pairsCoveredMore 0.90458 = -0.0058 = 0.0073
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0032 = 0.0049 lengthsApart 0.09307 = -0.0007 = 0.01
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0101 = -0.0021 longestRunReplaced 0.13693 = 0.0112 = -0.002
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0034 = 0.0064 pairsCoveredMore 0.90458 = -0.0103 = 0.0072
longestRun 0.18466 replaced 0.625 = 0.0092 = -0.0029 longestRun 0.91833 = -0.0046 = 0.0075
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0115 thingsCoveredMore 0.53478 = -0.0083 = 0.0014
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0075 pairsCoveredMore 0.30136 = 0.0116 = -0.0019
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0033 = 0.0043 rarestThing 0.66289 = -0.0122 = 0.0032
oneNamesCrew 0.5 restExplained 0.01923 = -0.002 = 0.0053 rarestThing 0.66289 = -0.012 = 0.0032
counts 0.5 troublesCoveredMore 0.66466 = -0.0038 = 0.0032 pairsCoveredLess 0.23599 = 0.0113 = -0.0019
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0033 = 0.0061 longestRun 0.91833 = -0.01 = 0.0071
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0112 rarestThing 0.49286 = -0.0059 = 0.0017
longestRun 0.18466 replaced 0.625 = 0.0088 = -0.0026 lengthsApart 0.14643 = -0.0071 = 0.0025
rarestTrouble 0.3514 restAlone 0.625 = 0.0022 = -0.0083 charactersCoveredLess 0.41424 = 0.0094 = -0.0014
counts 0.5 rarestSpot 0.54556 = -0.002 = 0.0091 charactersCoveredLess 0.82743 = 0.0104 = -0.0028
rarestSpot 0.54556 lengthsApart 0.29289 = -0.0029 = 0.0047 longestRunReplaced 0.13693 = 0.0106 = -0.002
oneNamesCrew 0.5 restAlone 0.625 = 0.0033 = -0.0031 rarestThing 0.66289 = -0.0117 = 0.0031
thingsCoveredLess -0.5 literal 0.14643 = 0.011 = -0.0013 rarestThing 0.49286 = -0.0055 = 0.0016
longestRun 0.31909 literalReplaced 0.06742 = -0.0001 = 0.0119 pairsCoveredMore 0.90458 = -0.0097 = 0.0064
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0016 = 0.0053 rarestThing 0.66289 = -0.0114 = 0.003
longestRun 0.18466 thingsAgainst 0.5 = 0.0063 = -0.0057 lengthsApart 0.14643 = -0.0067 = 0.0022
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0106 rarestSpot 0.54556 = -0.0019 = 0.0089
literalRestAlone 0.08114 thingsCoveredLess 0.51253 = -0.0027 = 0.0039 restAlone 0.875 = -0.0104 = 0.0042
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0016 = 0.0051 rarestThing 0.66289 = -0.0112 = 0.003
thingsCoveredLess -0.5 literal 0.14643 = 0.0104 = -0.0013 rarestCharacter 0.54925 = -0.0051 = 0.0019
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0073 literal 0.17752 = 0.0106 = -0.0019
longestRun 0.31909 literalReplaced 0.06742 = -0.0002 = 0.0114 pairsCoveredMore 0.90458 = -0.0094 = 0.0061
longestRun 0.21825 thingsAgainst 0.5 = 0.0052 = -0.0058 lengthsApart 0.14643 = -0.0095 = 0.004
oneNamesCrew 0.5 lengthsApart 0.3101 = -0.0009 = 0.0067 rarestThing 0.66289 = -0.011 = 0.0028
restAlone 0.625 lengthsApart 0.21584 = -0.0018 = 0.0078 rarestTrouble 0.33338 = -0.0085 = 0.0094
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.01 = -0.0013 rarestCharacter 0.54925 = -0.005 = 0.0019
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0086 = -0.0019 literalRestAlone 0.0351 = 0.0101 = -0.002
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0031 = 0.0056 longestRun 0.91833 = -0.0092 = 0.0066
counts 0.5 literalReplaced 0.0202 = 0.0024 = -0.0043 charactersCoveredLess 0.82743 = 0.0097 = -0.0027
thingsCoveredLess -0.5 troublesCoveredLess 0.63321 = 0.0094 = -0.0014 thingsCoveredMore 0.53478 = -0.0075 = 0.0013
oneNamesCrew 0.5 lengthsApart 0.3101 = -0.0008 = 0.0066 rarestThing 0.66289 = -0.0107 = 0.0028
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0083 = -0.0018 longestRunReplaced 0.13693 = 0.01 = -0.002
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0019 = 0.0056 thingsAlone 0.26875 = -0.0094 = 0.005
longestRun 0.18466 rarestThing 0.49286 = -0.0036 = 0.0087 longestRun 0.91833 = -0.004 = 0.0063
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0029 = 0.0054 pairsCoveredMore 0.90458 = -0.0087 = 0.0056
oneNamesCrew 0.5 restExplained 0.01923 = -0.0017 = 0.0048 thingsCoveredLess 0.59908 = 0.0009 = -0.0095
longestRun 0.18466 replaced 0.625 = 0.008 = -0.0024 lengthsApart 0.21584 = -0.0051 = 0.0032
rarestSpot 0.54556 longestRun 0.09307 = -0.0079 = 0.0007 literalRestAlone 0.0351 = 0.0097 = -0.0019
pairsCoveredLess 0.28305 charactersCoveredMore 0.47026 = -0.0016 = 0.0063 pairsCoveredLess 0.7672 = -0.0098 = 0.003
longestRun 0.18466 rarestThing 0.49286 = -0.0033 = 0.0081 thingsCoveredLess 0.6389 = -0.0073 = 0.0012
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0069 pairsCoveredMore 0.30136 = 0.0097 = -0.0019
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0096 rarestCharacter 0.54925 = -0.0045 = 0.0016
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0094 thingsCoveredMore 0.53478 = -0.007 = 0.001
literalRestAlone 0.08114 charactersCoveredMore 0.47026 = -0.0018 = 0.0051 restAlone 0.875 = -0.0097 = 0.0038
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0092 thingsCoveredMore 0.53478 = -0.0067 = 0.0009
longestRun 0.25543 charactersCoveredLess 0.22829 = -0.0026 = 0.0063 longestRun 0.91833 = -0.0066 = 0.0056
longestRun 0.18466 longestRun 0.09307 = -0.0051 = 0.0066 lengthsApart 0.14643 = -0.006 = 0.0019
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.009 = -0.0013 literalReplaced 0.0202 = 0.0022 = -0.004
replaced 0.125 literalThingsAlone 0.03307 = 0.0299 = -0.0114 thingsCoveredMore 0.82885 = -0.0367 = -0.0116
thingsCoveredLess 0.59908 thingsCoveredMore 0.66231 = -0.0344 = -0.0178 literalRestAlone 0.0723 = 0.0146 = -0.0304
nothingReplaced 0.5 thingsShared 0.53875 = -0.0319 = -0.0117 literalThingsAlone 0.03307 = 0.0271 = -0.0103
thingsShared 0.78571 rarestThing 0.71104 = -0.0292 = -0.0062 longestRunReplaced 0.08514 = 0.0235 = -0.0226
nothingReplaced 0.5 thingsAgainst 0.5 = -0.0146 = -0.03 literalRestAlone 0.06417 = 0.0237 = -0.0129
replaced 0.125 literalRestAlone 0.06417 = 0.0223 = -0.0126 thingsCoveredMore 0.82885 = -0.0274 = -0.0077
thingsCoveredMore 0.82885 rarestSpot 0.64038 = -0.0264 = -0.0022 literalReplaced 0.04454 = 0.0169 = -0.0255
thingsCoveredLess 0.59908 thingsCovered 0.825 = -0.0251 = -0.0121 literalReplaced 0.05742 = 0.0144 = -0.023
nothingReplaced 0.5 thingsShared 0.53875 = -0.0242 = -0.0076 lengthsApart 0.04881 = -0.0102 = 0.0209
thingsShared 0.78571 thingsCoveredMore 0.62452 = -0.0238 = -0.0107 literalReplaced 0.07454 = 0.0151 = -0.024
thingsShared 0.78571 thingsAndTroubles 0.16333 = -0.0222 = -0.0038 longestRunReplaced 0.08514 = 0.018 = -0.0172
thingsCoveredLess 0.51253 rarestThing 0.65302 = -0.0221 = -0.0027 literalReplaced 0.04939 = 0.0127 = -0.0202
thingsCoveredMore 0.82885 rarestCharacter 0.76218 = -0.0223 = -0.0053 literalReplaced 0.04454 = 0.0135 = -0.0207
thingsCovered 0.825 rarestCharacter 0.76218 = -0.0217 = -0.005 literalReplaced 0.04454 = 0.0124 = -0.0197
thingsCoveredMore 0.82885 literalTroublesAlone 0.00944 = -0.0218 = -0.0084 literalRestAlone 0.0723 = 0.0089 = -0.0238
rarestThing 0.52789 charactersCoveredMore 0.26908 = -0.023 = -0.0084 longestRun 0.21825 = 0.0245 = -0.0076
rarestThing 0.53822 longestRun 0.91833 = -0.0185 = 0.012 pairsCoveredLess 0.19452 = 0.0197 = -0.0106
nothingReplaced 0.5 rarestCharacter 0.54925 = -0.0194 = -0.0048 literalThingsAlone 0.03307 = 0.0162 = -0.0098
thingsCoveredLess 0.51253 thingsAndTroubles 0.16333 = -0.0186 = -0.002 literalRestAlone 0.0723 = 0.0084 = -0.0211
thingsAndTroubles 0.16333 charactersCoveredLess 0.15596 = -0.0213 = -0.006 literalReplaced 0.05742 = 0.0187 = -0.0205
longestRun 0.91833 pairsCoveredLess 0.23599 = -0.0034 = -0.0249 lengthsApart 0.06066 = 0.0021 = 0.0212
charactersCoveredMore 0.14958 rarestThing 0.51283 = -0.0218 = -0.0011 longestRun 0.25543 = 0.0162 = -0.0118
rarestThing 0.52789 restExplained 0.23611 = -0.019 = -0.0025 literal 0.10913 = 0.0181 = -0.0078
thingsCoveredMore 0.82885 rarestCharacter 0.76218 = -0.0177 = 0.0002 longestRunReplaced 0.08514 = 0.0116 = -0.012
charactersCoveredLess 0.10633 rarestThing 0.51283 = -0.0212 = -0.0021 literalReplaced 0.04454 = 0.0128 = -0.0168
charactersCoveredMore 0.14958 troublesAlone 0.125 = -0.004 = -0.021 literalReplaced 0.04454 = 0.0121 = -0.0161
longestRun 0.91833 pairsCoveredLess 0.28305 = -0.0022 = -0.0251 = 0.0197
charactersCoveredLess 0.10633 crewsShared 0.25 = -0.0198 = 0.0043 literalRestAlone 0.05456 = 0.0067 = -0.0154
longestRun 0.91833 longestRun 0.31909 = -0.0008 = -0.0226 counts 0.5 = 0.0197 = 0.0017
charactersCoveredMore 0.14958 troublesAlone 0.125 = -0.0031 = -0.0203 literalThingsAlone 0.02831 = 0.0091 = -0.0171
charactersCoveredMore 0.14958 troublesCoveredLess 0.7614 = -0.0192 = -0.0017 literalReplaced 0.03391 = 0.0126 = -0.0119
charactersCoveredLess 0.10633 literalTroublesAlone 0.01099 = -0.0188 = -0.0003 longestRun 0.25543 = 0.0139 = -0.0101
rarestCharacter 0.53191 counts 0.5 = -0.0154 = 0.0083 longestRun 0.25543 = 0.0169 = -0.0084
rarestThing 0.49286 charactersCoveredMore 0.26908 = -0.0192 = -0.0013 pairsCoveredLess 0.19452 = 0.0134 = -0.0084
pairsCoveredMore 0.90458 pairsCoveredLess 0.28305 = -0.0005 = -0.0239 literalReplaced 0.00417 = 0.0192 = -0.0058
longestRun 0.91833 literal 0.14643 = 0.0003 = -0.0202 = 0.0181
charactersCoveredLess 0.10633 literalRestAlone 0.024 = -0.018 = 0.0006 literalReplaced 0.0244 = 0.0124 = -0.0094
rarestCharacter 0.53191 replaced 0.375 = 0 = -0.0165 pairsCoveredLess 0.19452 = 0.0152 = -0.0082
restExplained 0.23611 rarestThing 0.49286 = -0.0169 = -0.0007 lengthsApart 0.12772 = -0.0072 = 0.018
thingsAndTroubles 0.16333 restExplained 0.14835 = -0.0145 = 0.0038 literalReplaced 0.05742 = 0.0141 = -0.014
longestRun 0.91833 pairsCoveredMore 0.40665 = -0.0002 = -0.0232 counts 0.5 = 0.0177 = 0.001
charactersCoveredLess 0.22829 nothingReplaced 0.5 = -0.0137 = 0.0079 pairsCoveredLess 0.19452 = 0.0188 = -0.0086
longestRun 0.91833 literal 0.14643 = 0.0012 = -0.0188 counts 0.5 = 0.0175 = 0.0011
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0158 = 0.0055 longestRun 0.25543 = 0.0192 = -0.0074
charactersCoveredLess 0.10633 literalRestAlone 0.024 = -0.0163 = 0.0019 longestRun 0.21825 = 0.0134 = -0.0053
thingsAgainst 0.5 literalReplaced 0.03391 = 0.0078 = -0.0078 spotsShared 0.33333 = -0.0162 = 0.0037
longestRun 0.91833 longestRun 0.36039 = 0.001 = -0.0211 = 0.0165
charactersCoveredLess 0.22829 thingsAndTroubles 0.16333 = -0.014 = 0.0037 literal 0.10913 = 0.0183 = -0.0058
charactersCoveredLess 0.22829 troublesCoveredMore 0.51624 = -0.0145 = 0.0004 longestRun 0.25543 = 0.017 = -0.0062
longestRun 0.91833 longestRun 0.36039 = 0.001 = -0.0203 = 0.0164
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0008 = -0.0212 counts 0.5 = 0.0167 = 0.0009
charactersCoveredLess 0.22829 thingsAndTroubles 0.16333 = -0.013 = 0.0035 literalReplaced 0.04939 = 0.0107 = -0.0094
restExplained 0.23611 thingsAndTroubles 0.31 = -0.012 = 0.0056 literalReplaced 0.04939 = 0.0147 = -0.0103
restExplained 0.23611 rarestThing 0.49286 = -0.0149 = 0.0004 literalReplaced 0.04939 = 0.0139 = -0.0099
rarestCharacter 0.53191 rarestThing 0.56644 = -0.0134 = 0.0058 lengthsApart 0.12772 = -0.0076 = 0.0117
charactersCoveredLess 0.08841 longestRun 0.11806 = -0.0157 = -0.0012 pairsCoveredLess 0.19452 = 0.0081 = -0.007
restExplained 0.23611 thingsAndTroubles 0.31 = -0.011 = 0.0051 literalThingsAlone 0.02831 = 0.0116 = -0.0106
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.021 counts 0.5 = 0.0154 = 0.0004
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0132 = 0.0064 pairsCoveredLess 0.19452 = 0.014 = -0.0066
longestRun 0.91833 literal 0.14643 = 0.0018 = -0.0157 counts 0.5 = 0.0151 = 0.0004
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0103 = 0.0042 lengthsApart 0.12772 = -0.0056 = 0.0148
thingsAgainst 0.5 longestRun 0.21825 = 0.0096 = -0.0041 rarestTrouble 0.46624 = -0.0146 = 0.0027
charactersCoveredLess 0.22829 troublesCoveredMore 0.51624 = -0.0121 = 0.0009 literal 0.10913 = 0.0143 = -0.0046
longestRun 0.91833 longestRun 0.36039 = 0.0017 = -0.0187 counts 0.5 = 0.0148 = 0.0005
rarestCharacter 0.53191 counts 0.5 = -0.0103 = 0.0094 literal 0.10913 = 0.0113 = -0.0046
thingsAgainst 0.5 longestRunReplaced 0.1543 = 0.005 = -0.0115 rarestTrouble 0.46624 = -0.014 = 0.0026
troublesCoveredMore 0.66466 charactersCoveredLess 0.15596 = -0.0139 = -0.0004 literalThingsAlone 0.03307 = 0.0096 = -0.0088
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.0194 lengthsApart 0.06066 = 0.0006 = 0.014
restExplained 0.23611 replaced 0.625 = 0.0002 = -0.0131 lengthsApart 0.12772 = -0.0051 = 0.0139
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0014 = -0.0192 counts 0.5 = 0.0139 = 0.0002
charactersCoveredLess 0.22829 replaced 0.625 = 0.0004 = -0.0122 longestRun 0.25543 = 0.0132 = -0.0054
thingsAgainst 0.5 longestRun 0.21825 = 0.0084 = -0.0037 spotsShared 0.33333 = -0.0131 = 0.0045
troublesCoveredMore 0.66466 restExplained 0.14835 = -0.0103 = 0.0034 literalThingsAlone 0.03307 = 0.009 = -0.0077
longestRun 0.91833 longestRun 0.36039 = 0.0016 = -0.0172 counts 0.5 = 0.0136 = 0.0003
charactersCoveredMore 0.26908 rarestThing 0.51283 = -0.0137 = 0.005 longestRun 0.21825 = 0.0132 = -0.0027
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0089 = 0.0041 lengthsApart 0.12772 = -0.0048 = 0.0129
restExplained 0.23611 troublesCoveredLess 0.39573 = -0.0084 = 0.0039 lengthsApart 0.12772 = -0.0045 = 0.0121
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0015 = -0.0181 counts 0.5 = 0.0131 = 0.0002
longestRun 0.91833 pairsCoveredLess 0.28305 = 0.0014 = -0.0177 = 0.012
charactersCoveredLess 0.22829 thingsCoveredLess -0.5 = 0.0088 = -0.0085 longestRun 0.25543 = 0.0117 = -0.0046
troublesAgainst 0.5 thingsAgainst 0.5 = 0.0052 = -0.0092 rarestSpot 0.16566 = -0.0112 = 0.0083
troublesCoveredMore 0.66466 lengthsApart 0.3101 = -0.0071 = 0.0047 lengthsApart 0.04881 = -0.0067 = 0.0083
thingsAgainst 0.5 longestRun 0.21825 = 0.0077 = -0.0033 spotsShared 0.33333 = -0.0121 = 0.0043
charactersCoveredLess 0.22829 troublesCoveredLess 0.4181 = -0.0104 = 0.0051 pairsCoveredLess 0.19452 = 0.0103 = -0.0049
longestRun 0.91833 pairsCoveredMore 0.40665 = 0.0009 = -0.0168 counts 0.5 = 0.0126 = 0.0001
longestRun 0.91833 literal 0.14643 = 0.0014 = -0.0115 = 0.0114
restExplained 0.23611 rarestThing 0.49286 = -0.012 = 0.0014 literalTroublesAlone 0.04919 = 0.0085 = -0.0113
troublesAgainst 0.5 thingsAgainst 0.5 = 0.0046 = -0.0084 spotsShared 0.33333 = -0.0105 = 0.0082
rarestCharacter 0.53191 troublesCoveredLess 0.42793 = -0.0095 = 0.0026 literal 0.10913 = 0.0091 = -0.0044
restExplained 0.23611 rarestThing 0.49286 = -0.0114 = 0.0011 literalReplaced 0.03391 = 0.0108 = -0.004
longestRun 0.91833 longestRun 0.36039 = 0.0016 = -0.0151 = 0.0106
replaced 0.625 literalRestAlone 0.0723 = 0.0055 = -0.0103 thingsCoveredLess -0.5 = 0.0125 = -0.0092
lengthsApart 0.04083 pairsCoveredMore 0.14175 = 0.0054 = -0.0158 rarestCharacter 0.53191 = -0.0061 = 0.0056
troublesCoveredMore 0.66466 counts 0.5 = -0.0056 = 0.0123 literal 0.14643 = 0.0094 = -0.0039
thingsAgainst 0.5 literalTroublesAlone 0.02859 = 0.0044 = -0.0066 rarestTrouble 0.46624 = -0.0116 = 0.0037
restExplained 0.23611 rarestThing 0.49286 = -0.0108 = 0.0011 lengthsApart 0.12772 = -0.0046 = 0.0106
charactersCoveredLess 0.22829 rarestThing 0.65302 = -0.0086 = 0.0077 pairsCoveredLess 0.19452 = 0.009 = -0.0048
literalTroublesAlone 0.02859 rarestCharacter 0.53191 = -0.0065 = 0.0066 rarestThing 0.59826 = 0.0073 = -0.0128
lengthsApart 0.04083 literal 0.10913 = 0.0053 = -0.0159 charactersCoveredLess 0.22829 = -0.0051 = 0.0056
lengthsApart 0.29289 counts 0.5 = -0.0043 = 0.0109 longestRun 0.13961 = -0.0059 = 0.0114
literalTroublesAlone 0.0241 charactersCoveredLess 0.22829 = -0.0043 = 0.0067 literalReplaced 0.06742 = -0.0123 = 0.0057
longestRun 0.21825 rarestThing 0.49286 = -0.0056 = 0.0106 longestRun 0.91833 = -0.0075 = 0.0097
lengthsApart 0.04083 literal 0.10913 = 0.0052 = -0.0154 oneNamesCrew 0.5 = 0.0032 = -0.0096
lengthsApart 0.29289 counts 0.5 = -0.0042 = 0.0105 longestRun 0.13961 = -0.0056 = 0.0107
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0045 = 0.0076 longestRun 0.91833 = -0.0126 = 0.0093
lengthsApart 0.21584 literalReplaced 0.02899 = 0.0018 = -0.0088 rarestCharacter 0.65302 = -0.0045 = 0.0163
thingsCoveredLess -0.5 literal 0.14643 = 0.0145 = -0.0015 thingsCoveredMore 0.53478 = -0.01 = 0.0015
thingsCoveredLess -0.5 literal 0.14643 = 0.0141 = -0.0015 thingsCoveredMore 0.53478 = -0.0096 = 0.0014
troublesCoveredMore 0.66466 counts 0.5 = -0.0049 = 0.0112 literal 0.14643 = 0.0091 = -0.0041
longestRun 0.21825 charactersCoveredLess 0.22829 = -0.0026 = 0.0105 lengthsApart 0.14643 = -0.0111 = 0.0043
literalTroublesAlone 0.0241 rarestThing 0.66289 = -0.0017 = 0.0094 literalReplaced 0.06742 = -0.0119 = 0.0061
restExplained 0.23611 rarestThing 0.49286 = -0.0093 = 0.0009 literalTroublesAlone 0.04919 = 0.007 = -0.01
longestRun 0.18466 replaced 0.625 = 0.0114 = -0.0042 pairsCoveredMore 0.90458 = -0.0058 = 0.0084
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0039 = 0.007 pairsCoveredLess 0.7672 = -0.0099 = 0.0045
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0139 = -0.0013 replaced 0.625 = 0.002 = -0.0077
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.0032 = 0.0063 rarestThing 0.66289 = -0.0143 = 0.0039
thingsCoveredLess -0.5 pairsCoveredLess 0.23599 = 0.0134 = -0.0014 replaced 0.625 = 0.0018 = -0.0073
longestRun 0.18466 longestRun 0.09307 = -0.0064 = 0.0088 pairsCoveredMore 0.90458 = -0.0056 = 0.008
longestRun 0.31909 rarestCharacter 0.54925 = -0.0036 = 0.0067 longestRun 0.91833 = -0.0116 = 0.0083
literalRestAlone 0.08114 longestRun 0.07418 = -0.0086 = 0.0027 lengthsApart 0.3101 = -0.0123 = 0.0052
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0131 = -0.0012 thingsCoveredMore 0.53478 = -0.0088 = 0.0011
rarestSpot 0.54556 troublesCoveredMore 0.66466 = -0.0044 = 0.0034 literalRestAlone 0.0351 = 0.0127 = -0.0025
longestRun 0.25543 rarestThing 0.49286 = -0.0034 = 0.0065 lengthsApart 0.17029 = -0.0115 = 0.0068
literalTroublesAlone 0.02129 rarestCharacter 0.53191 = -0.005 = 0.0063 lengthsApart 0.34699 = -0.0084 = 0.0095
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0112 = -0.0024 longestRun 0.25543 = 0.0122 = 0.0001
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.002 = 0.0059 troublesCoveredMore -0.5 = 0.003 = -0.0117
lengthsApart 0.04083 literal 0.10913 = 0.0052 = -0.014 charactersCoveredMore 0.47026 = -0.0024 = 0.0062
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0033 = 0.0065 longestRun 0.91833 = -0.0112 = 0.0077
longestRun 0.18466 charactersCoveredLess 0.08841 = -0.0054 = 0.0076 longestRun 0.91833 = -0.0052 = 0.0075
counts 0.5 literalTroublesAlone 0.02859 = 0.0016 = -0.0089 literal 0.17752 = 0.0132 = -0.003
oneNamesCrew 0.5 restExplained 0.01923 = -0.0022 = 0.0056 thingsAlone 0.3625 = -0.0132 = 0.0032
thingsCoveredLess -0.5 literal 0.14643 = 0.0124 = -0.0013 replaced 0.625 = 0.0017 = -0.007
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0031 = 0.0062 pairsCoveredMore 0.90458 = -0.0106 = 0.0066
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.0122 = -0.0013 thingsCoveredMore 0.53478 = -0.0082 = 0.0011
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0016 = -0.0074 literalRestAlone 0.0351 = 0.0121 = -0.0023
oneNamesCrew 0.5 lengthsApart 0.17029 = -0.003 = 0.0059 thingsAlone 0.3625 = -0.0129 = 0.0032
longestRun 0.21825 rarestThing 0.49286 = -0.004 = 0.0088 longestRun 0.91833 = -0.0057 = 0.0069
counts 0.5 rarestSpot 0.54556 = -0.0024 = 0.0099 pairsCoveredLess 0.23599 = 0.0127 = -0.0029
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.004 = 0.0047 thingsShared 0.67083 = 0.0002 = -0.0115
longestRun 0.25543 rarestCharacter 0.54925 = -0.0029 = 0.0071 literal 0.76795 = -0.007 = 0.0054
lengthsApart 0.29289 pairsCoveredMore 0.1701 = 0.0025 = -0.0068 rarestCharacter 0.54925 = -0.0054 = 0.0128
counts 0.5 lengthsApart 0.29289 = -0.0034 = 0.0051 pairsCoveredLess 0.23599 = 0.0124 = -0.0028
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0118 replaced 0.625 = 0.0017 = -0.0067
oneNamesCrew 0.5 lengthsApart 0.12772 = -0.0035 = 0.0044 troublesCoveredMore -0.5 = 0.0027 = -0.0109
literalRestAlone 0.08114 replaced 0.625 = 0.004 = -0.0038 restAlone 0.875 = -0.0112 = 0.0039
rarestSpot 0.54556 thingsCoveredLess -0.5 = 0.0102 = -0.0022 longestRunReplaced 0.13693 = 0.0114 = -0.0021
counts 0.5 lengthsApart 0.29289 = -0.0032 = 0.0047 literal 0.17752 = 0.0121 = -0.0027
longestRun 0.31909 rarestTrouble 0.3514 = -0.0001 = 0.0102 longestRun 0.91833 = -0.0099 = 0.0068
restAlone 0.625 lengthsApart 0.21584 = -0.0017 = 0.0087 thingsCoveredLess 0.66766 = 0.0032 = -0.0126
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0039 = -0.0039 literalThingsAlone 0.0133 = -0.0121 = 0.003
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0079 pairsCoveredLess 0.23599 = 0.0118 = -0.0027
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0014 = 0.0111 replaced 0.625 = 0.0015 = -0.0061
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0017 = 0.0053 rarestThing 0.66289 = -0.0124 = 0.0035
oneNamesCrew 0.5 restExplained 0.01923 = -0.002 = 0.005 rarestThing 0.66289 = -0.0122 = 0.0034
rarestSpot 0.54556 lengthsApart 0.2697 = -0.0033 = 0.0037 literalReplaced 0.1225 = 0.0106 = -0.0014
rarestSpot 0.54556 counts 0.5 = -0.0022 = 0.0087 literalRestAlone 0.0351 = 0.0112 = -0.0022
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0031 = 0.0061 pairsCoveredMore 0.90458 = -0.0097 = 0.0058
longestRun 0.18466 replaced 0.625 = 0.0089 = -0.0026 lengthsApart 0.14643 = -0.0067 = 0.002
restAlone 0.625 lengthsApart 0.21584 = -0.0016 = 0.0079 thingsCoveredLess 0.66766 = 0.0029 = -0.0119
longestRun 0.31909 charactersCoveredLess 0.22829 = -0.0031 = 0.0057 pairsCoveredMore 0.90458 = -0.0093 = 0.0057
thingsCoveredLess -0.5 literal 0.14643 = 0.0109 = -0.0014 rarestSpot 0.54556 = -0.0021 = 0.0093
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0016 = 0.0052 thingsAlone 0.3625 = -0.0116 = 0.003
thingsCoveredLess -0.5 pairsCoveredMore 0.30136 = 0.0106 = -0.0014 rarestSpot 0.54556 = -0.002 = 0.0091
restAlone 0.625 literalReplaced 0.0202 = 0.0064 = -0.0033 rarestTrouble 0.33338 = -0.0086 = 0.0092
pairsCoveredLess 0.28305 charactersCoveredMore 0.47026 = -0.0016 = 0.0072 longestRun 0.91833 = -0.0125 = 0.006
longestRun 0.21825 thingsAgainst 0.5 = 0.006 = -0.0067 thingsCoveredLess 0.6389 = -0.0088 = 0.0016
pairsCoveredLess 0.28305 charactersCoveredMore 0.47026 = -0.0016 = 0.0068 longestRun 0.91833 = -0.0122 = 0.0057
thingsCoveredLess -0.5 troublesAlone 0.125 = -0.0013 = 0.0103 longestRunReplaced 0.03709 = 0.0042 = -0.0029
oneNamesCrew 0.5 pairsCoveredLess 0.19452 = 0.0034 = -0.0039 rarestThing 0.66289 = -0.0117 = 0.0032
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.01 = -0.0013 thingsCoveredMore 0.53478 = -0.0078 = 0.0013
longestRun 0.18466 rarestThing 0.49286 = -0.0031 = 0.0084 lengthsApart 0.14643 = -0.0064 = 0.0018
counts 0.5 literalTroublesAlone 0.02859 = 0.0014 = -0.0074 literal 0.17752 = 0.0109 = -0.0027
thingsCoveredLess -0.5 longestRun 0.36039 = 0.0095 = -0.001 thingsCoveredMore 0.53478 = -0.0075 = 0.0012
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0016 = 0.0051 rarestThing 0.66289 = -0.0115 = 0.003
rarestSpot 0.54556 counts 0.5 = -0.0021 = 0.008 literalRestAlone 0.0351 = 0.0106 = -0.0021
rarestSpot 0.54556 thingsAlone 0.325 = -0.0021 = 0.0036 longestRunReplaced 0.13693 = 0.0102 = -0.0019
oneNamesCrew 0.5 restExplained 0.01923 = -0.0017 = 0.0048 thingsAlone 0.3625 = -0.011 = 0.0027
longestRun 0.31909 literalReplaced 0.06742 = -0.0003 = 0.0109 lengthsApart 0.3101 = -0.0075 = 0.0039
restAlone 0.625 literalReplaced 0.0202 = 0.0062 = -0.0031 rarestTrouble 0.33338 = -0.0083 = 0.0088
pairsCoveredLess 0.28305 charactersCoveredLess 0.22829 = -0.0028 = 0.0046 longestRun 0.91833 = -0.0117 = 0.0056
literalRestAlone 0.08114 charactersCoveredLess 0.30971 = -0.0015 = 0.005 restAlone 0.875 = -0.0101 = 0.0038
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0034 = -0.0033 rarestThing 0.66289 = -0.0111 = 0.0029
longestRun 0.25543 charactersCoveredLess 0.22829 = -0.0027 = 0.0065 lengthsApart 0.17029 = -0.0106 = 0.0058
longestRun 0.18466 longestRun 0.09307 = -0.0051 = 0.0067 literalReplaced 0.06742 = -0.0044 = 0.0042
rarestSpot 0.54556 counts 0.5 = -0.0021 = 0.0076 longestRun 0.25543 = 0.0101 = -0.0008
oneNamesCrew 0.5 literalTroublesAlone 0.02129 = 0.0034 = -0.0032 rarestThing 0.66289 = -0.0108 = 0.0028
rarestSpot 0.54556 troublesAgainst 0.5 = 0.0013 = -0.0059 longestRunReplaced 0.13693 = 0.0097 = -0.0018
thingsCoveredLess -0.5 literal 0.14643 = 0.0094 = -0.0013 rarestSpot 0.54556 = -0.0019 = 0.0084
oneNamesCrew 0.5 troublesCoveredMore 0.66466 = -0.0014 = 0.0047 thingsAlone 0.3625 = -0.0103 = 0.0026
literalRestAlone 0.08114 charactersCoveredLess 0.30971 = -0.0015 = 0.0048 thingsAlone 0.26875 = -0.0091 = 0.0045
longestRun 0.25543 spotsShared 0.33333 = 0.0001 = 0.0112 lengthsApart 0.17029 = -0.0102 = 0.0057
crewsShared 0.58333 rarestSpot 0.54556 = -0.0018 = 0.0074 spotsShared 0.33333 = 0.0081 = -0.0009
longestRun 0.25543 rarestCharacter 0.54925 = -0.0023 = 0.0058 lengthsApart 0.17029 = -0.0097 = 0.0055
restAlone 0.625 thingsAgainst 0.5 = 0.0039 = -0.0068 thingsShared 0.69 = 0.003 = -0.0106
thingsCoveredLess -0.5 charactersCoveredLess 0.41424 = 0.009 = -0.0014 rarestSpot 0.54556 = -0.0019 = 0.0078
oneNamesCrew 0.5 literalTroublesAlone 0.02859 = 0.0029 = -0.0037 thingsAlone 0.3625 = -0.0101 = 0.0025
crewsShared 0.58333 literalReplaced 0.0202 = 0.0021 = -0.0039 thingsCoveredLess 0.42668 = 0.009 = 0.0003
counts 0.5 literalTroublesAlone 0.02859 = 0.0012 = -0.0065 literal 0.17752 = 0.0099 = -0.0024
restAlone 0.625 literalReplaced 0.0202 = 0.0057 = -0.0029 rarestTrouble 0.33338 = -0.0079 = 0.0084
pairsCoveredLess 0.28305 pairsCoveredMore 0.23996 = -0.0005 = 0.008 literal 0.76795 = -0.0101 = 0.0045
`;

function read(words: string[]): Tree {
  const feature = words.shift()!;
  if (feature === '=') return { adds: Number(words.shift()) };
  return { feature, upTo: Number(words.shift()), low: read(words), high: read(words) };
}

/** In how many of them a name stands; none that stands in fewer than 3. */
export const counts: ReadonlyMap<string, number> = new Map(
  counted
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([name, n]) => [name!, Number(n)]),
);

export const trees: readonly Tree[] = grown
  .trim()
  .split('\n')
  .map((line) => read(line.split(' ')));
