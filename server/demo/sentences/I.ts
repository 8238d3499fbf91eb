import { both, officer, type Sentences, worker } from './slots.ts';

/** I 监督建议 */
export const I: Record<string, Sentences> = {
  I01: {
    time: {
      request: [...both('建议把消杀时间改到[交接班以后|晚上九点后]，现在正好人最多')],
      progress: ['转给消杀队，人流最多的时段在数。'],
      handled: ['采纳，消杀改到人少的时候，时间表重贴，班前会说过。'],
      solved: both('改了以后顺多了。'),
      notSolved: both('说采纳，到今天没见改。'),
    },
    shelter: {
      request: [...both('建议{place}装个[雨棚|挡风帘|长条凳]，排队的人风吹雨淋的')],
      progress: ['到现场看了，位置合适，在核费用。'],
      handled: ['采纳，棚子搭好，长凳也放了，排队不再淋。'],
      solved: both('棚子凳子都有了，好。'),
      notSolved: both('凳子放了，棚没装。'),
    },
    stagger: {
      request: [...both('打饭排队太挤，建议{crew}和其他班错开[二十分钟|半小时]')],
      progress: ['排了个错峰表，先试三天。'],
      handled: ['采纳，各班错开打饭，试了三天排队少一半，正式用。'],
      solved: both('不挤了，挺快的。'),
      notSolved: both('试了三天又回到老样子。'),
    },
    board: {
      request: [...both('建议每天在群里发一张[菜单|物资到货单]，大家心里有数')],
      progress: ['谁来发、几点发在定。'],
      handled: ['采纳，每天上午九点在群里发菜单和到货单，门口也贴一份。'],
      solved: both('心里有数了。'),
      notSolved: both('发了两天就断了。'),
    },
    sampling: {
      request: [...both('采样点建议放到{room}楼下，夜班的人不用专门跑一趟')],
      progress: ['跟属地和采样队在商量点位。'],
      handled: [
        '采纳，夜班采样点放到楼下，早上七点先采他们。',
        '评估后暂不采纳，属地要求固定点位；改成夜班免排队，已当面说明原因。',
      ],
      solved: both('讲了道理，能接受。'),
      notSolved: both('回复就一句感谢建议，没说做不做。'),
    },
    grid: {
      request: [...both('门岗交接的货[谁的都堆一块|找半天]，建议按班组画格子')],
      progress: ['门岗量了地，在画。'],
      handled: ['采纳，按班组画了格子，货到贴标签，找货两分钟。'],
      solved: both('一眼就找到了。'),
      notSolved: both('格子画了，照样堆一块儿。'),
    },
    barber: {
      request: [
        ...worker('能不能建个理发角，我们{crew}有人会剪，给把推子就行', '晚上没事干，建议放放露天电影，拉个投影就成'),
      ],
      progress: ['地方和东西在找。'],
      handled: ['采纳，理发角开了，推子两把；每周六晚放一场电影，幕布拉在操场。'],
      solved: both('办起来了，大家高兴。'),
      notSolved: both('推子给了，没地方。'),
    },
    teach: {
      request: [...worker('建议发口罩的时候教一下怎么戴，好多老师傅鼻子都露外面')],
      progress: ['卫生员安排到班前会。'],
      handled: ['采纳，发口罩时当面教，墙上贴了图，班长每天看一眼。'],
      solved: both('老师傅都戴对了。'),
      notSolved: both('教了一次，没再管。'),
    },
    number: {
      request: [
        ...worker('建议热线号码印在饭盒盖上，贴墙上的早被雨淋没了', '老工人不会扫码，建议{place}放个纸质意见箱'),
      ],
      progress: ['印哪里、放哪里在定。'],
      handled: ['采纳，热线印在饭盒盖上；意见箱挂好，钥匙不在本单位，两天一开。'],
      solved: both('不识码的也能说了。'),
      notSolved: both('箱子挂了，没见人来开。'),
    },
    delivery: {
      request: [
        ...officer(
          '建议同片区{n}个站点合并配送，现在一天来{m}趟车，卸货人手不够',
          '建议给站点放{n}天的机动物资，不用每次都走申领',
        ),
      ],
      progress: ['配送和仓库在算车次。'],
      handled: ['采纳，同片区合并一车，每点留三天机动量，卸货有人等。'],
      solved: both('省了不少人手。'),
      notSolved: both('合并了两天，又分开来。'),
    },
    forms: {
      request: [
        ...officer(
          '日报表三个条线各要一份，内容差不多，建议合并成一张',
          '建议返岗培训改成线上加现场抽问，人不聚集，时间也省',
        ),
      ],
      progress: ['几个条线碰了头，样稿在改。'],
      handled: ['采纳，三张表并一张，培训改线上加抽问，旧的今天停。'],
      solved: both('省时间了。'),
      notSolved: both('表合了，旧的那张还在催着要。'),
    },
    rotation: {
      request: [...officer('轮换日期建议提前一周公布，现在前一天才知道，排班很被动')],
      progress: ['跟人力定提前量。'],
      handled: ['采纳，轮换日期提前七天贴，变动要写原因。'],
      solved: both('排班好排了。'),
      notSolved: both('又是前一天才通知。'),
    },
  },
  I02: {
    hotline: {
      request: [
        ...both('打热线[响了半天没人接|说两句就挂]，态度很冲，{hour}打的'),
        ...worker('热线说十分钟回电，我等了一晚上没人打来'),
      ],
      progress: ['通话录音调出来在听。'],
      handled: ['听录音属实，当事坐席停岗培训两天，组长给本人打电话道歉；占线自动回拨上线。'],
      solved: both('道歉了，这次十秒就接。'),
      notSolved: both('说听录音，后来没人告诉我结果。'),
    },
    supply: {
      request: [
        ...both('{place}发物资的人[爱理不理|甩脸子]，问一句顶三句'),
        ...worker('去领口罩被当着人数落，说我们{crew}浪费，很伤人'),
      ],
      progress: ['发放点当班的人在问，另请在场的人说。'],
      handled: ['发放点换人，服务要求贴出来，当面道了歉。'],
      solved: both('换了人，说话客气多了。'),
      notSolved: both('还是那个人，还是那个态度。'),
    },
    repair: {
      request: [...both('报修{days}，来的人[看一眼就走|说不归他管]，话还难听')],
      progress: ['换了一个师傅去，原来的回避。'],
      handled: ['新师傅修好了，原来那位通报并培训，往后到场要签到、说清再走。'],
      solved: both('修好了，话也好听。'),
      notSolved: both('道歉了，东西还是没修。'),
    },
    passed: {
      request: [
        ...both('问什么都是[不知道|等通知|找别人]，踢了{n}个部门'),
        ...officer('派单来回退了{n}次，每个条线都说不归自己管，工人怨气很大'),
      ],
      progress: ['几个部门的记录拿来一条条看。'],
      handled: ['由仲裁指定一个条线牵头，不许再退，原来的事已经接手在办。'],
      solved: both('有人接了，不踢了。'),
      notSolved: both('指定了，还是没人来。'),
    },
    forced: {
      request: [
        ...both('没办好就让我点满意，说[不点影响他考核|点了才给办]'),
        ...worker('回访的人没听我说完就记了解决，我明明说没解决'),
        ...officer('承办人没到现场就填已办结，工人找到我这里，请核实'),
      ],
      progress: ['回访和工单记录在对，换另一名专员复核。'],
      handled: ['没办好填办结、逼着点满意的属实，那一笔作废，重新办、重新回访，当事人通报。'],
      solved: both('重新办了，查得认真，没护短。'),
      notSolved: both('反过来说我态度不好，这叫处理？'),
    },
    guard: {
      request: [...worker('门岗保安骂人，说我们民工事多，我们也是来干活的')],
      progress: ['门岗当班的监控和录音在看。'],
      handled: ['骂人属实，保安当面道歉并调离，队里开了会。'],
      solved: both('道歉了，态度也好了。'),
      notSolved: both('道歉一句，眼睛还是那么瞪着。'),
    },
    canteen: {
      request: [...worker('食堂打饭的看人下菜，手抖得厉害，说他还瞪眼')],
      progress: ['去食堂看了打饭。'],
      handled: ['打饭换成定量勺，窗口装了镜头，当事师傅道歉换岗。'],
      solved: both('勺子一样了，不看人了。'),
      notSolved: both('换了个人，手照样抖。'),
    },
    leaked: {
      request: [...worker('我反映宿舍问题，第二天班长就找我谈话，谁把我说出去的')],
      progress: ['谁看过这条记录，在查访问日志。'],
      handled: ['查到是转办时露了口，当事人处理，班长谈过话，保证不追究；这条改为保密。'],
      solved: both('有个说法，没人再找我。'),
      notSolved: both('谁说出去的，到现在没说法。'),
    },
    warehouse: {
      request: [...officer('仓库对接人{days}不回消息，催了就说忙，物资申领耽误了')],
      progress: ['跟仓库负责人核了那几天的消息。'],
      handled: ['换了对接人，申领当天回，耽误的今天送到。'],
      solved: both('回得快了，货也到了。'),
      notSolved: both('换了人，还是半天不回。'),
    },
    driver: {
      request: [...officer('配送司机到{place}就卸，叫他等一下直接骂人，请批评教育')],
      progress: ['配送公司在问那名司机。'],
      handled: ['司机停跑一周培训，换人送，卸货等人到齐。'],
      solved: both('新司机客气，也等人。'),
      notSolved: both('又是他来，照样骂。'),
    },
  },
  I04: {
    sent: {
      request: [
        ...both('感谢送[药|饭|物资]的师傅，[半夜十二点|下着大雨]还跑了一趟'),
        ...worker('我妈的药是志愿者送到家的，老人直夸，替我谢谢他们'),
        ...officer(
          '片区仓连夜装车，{site}天亮前就收到{box}箱，代大家谢谢他们',
          '兄弟站点借我们{n}箱口罩应急，请转达感谢',
        ),
      ],
      progress: ['转给所在单位，正在核是哪一班。'],
      handled: ['感谢当面转到，班前会念了原话，记好评一次。', '已找到本人，感谢信贴在仓库门口，没写全名。'],
      solved: both('转到了就好，他们应该被知道。'),
      notSolved: both('问了师傅，他说没人跟他讲过。'),
    },
    cleaner: {
      request: [...both('表扬{place}的保洁阿姨，一天拖好几遍，厕所比家里还干净')],
      progress: ['问了保洁班，找到人了。'],
      handled: ['班前会表扬，阿姨拿了一份慰问品，笑得合不拢嘴。'],
      solved: both('阿姨跟我们说了，她很高兴。'),
      notSolved: both('表扬成别的楼了，不是她。'),
    },
    hotline: {
      request: [...both('热线的坐席很有耐心，[讲了半个钟头|一项项记下来]，事情{n}个小时就办了')],
      progress: ['通话记录找到那位坐席。'],
      handled: ['组里念了原话，录音留作新人学习，坐席托我们说声谢谢。'],
      solved: both('好，谢谢你们还专门回个电话。'),
      notSolved: both('说登简报，等了{days}没看到。'),
    },
    canteen: {
      request: [
        ...both('谢谢食堂师傅，[夜班也有热汤|知道我们爱吃辣专门炒了一锅]'),
        ...worker('过生日那天食堂给煮了碗长寿面，驻场{stay}天，头一回想哭'),
      ],
      progress: ['告诉食堂班长了。'],
      handled: ['食堂班上了光荣榜，师傅说夜里的汤以后天天有。'],
      solved: both('食堂师傅知道了，挺好。'),
      notSolved: both('奖给了领班，掌勺的没有。'),
    },
    crew: {
      request: [
        ...both('{crew}的兄弟主动[帮忙卸货|顶了夜班]，想请你们表扬一下'),
        ...officer('{crew}连续奋战{n}个通宵保住了供应，请宣传一下', '调来支援的{n}名同事能吃苦、技术好，建议表扬'),
      ],
      progress: ['被感谢的班组找到，事情经过在整理。'],
      handled: ['核实后登了简报，没写姓名，班组得即时激励，公示两天没异议。'],
      solved: both('看到简报了，写得实在。'),
      notSolved: both('说好不写姓名，结果贴出来写了。'),
    },
    keeper: {
      request: [...worker('我隔离那几天，保障员天天送饭问冷暖，记在心里了，说声谢谢')],
      progress: ['跟隔离点核实是哪位。'],
      handled: ['本人收到感谢，隔离点把做法写进了值守要求。'],
      solved: both('他知道就好。'),
      notSolved: both('他还不知道有人谢他。'),
    },
    plumber: {
      request: [...worker('水管半夜爆了，水工师傅泡在水里修到天亮，该给他点个赞')],
      progress: ['水工班找到人了。'],
      handled: ['当晚在班上念了，给了两天调休和一份奖励。'],
      solved: both('该奖，大家都服。'),
      notSolved: both('奖给了队长，干活的人一个没有。'),
    },
    move: {
      request: [...worker('宿舍反映了换房，当天就给搬了，没想到这么快')],
      progress: ['告诉宿管了。'],
      handled: ['宿管收到，站点例会上点名表扬。'],
      solved: both('好，办事就该这么快。'),
      notSolved: both('没听说表扬过谁。'),
    },
    doctor: {
      request: [...worker('驻点医生给我们{crew}挨个量血压，说话和气，谢谢')],
      progress: ['转给驻点医护了。'],
      handled: ['原话转给医生，他说过两天再来量一遍。'],
      solved: both('医生又来量了一遍，真好。'),
      notSolved: both('医生说没听说这事。'),
    },
  },
};
