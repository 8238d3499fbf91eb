/** Refusals in both languages. `{x}` is filled from the refusal's values. A missing code fails a test, not a user. */
type Pair = readonly [zh: string, en: string];

export const refusalWords: Record<string, Pair> = {
  bad_input: ['有内容需要改一下，已填的都还在。', 'Something needs mending; what you typed is kept.'],
  not_found: ['没有找到，或者您无权查看。', 'Not found, or not yours to see.'],
  forbidden: ['您没有做这件事的权限。', 'You do not have the right to do this.'],
  sign_in_first: ['请先登录。', 'Please sign in first.'],
  wrong_credentials: ['账号或密码不对。', 'Login or password is wrong.'],
  locked: ['输错太多次，已锁定到 {until}。', 'Too many wrong attempts; locked until {until}.'],
  account_disabled: ['这个账号已停用，请找系统管理员。', 'This account is disabled; ask the system administrator.'],
  wrong_code: ['验证码不对或已用过，请等下一个。', 'The code is wrong or used; wait for the next one.'],
  password_reused: ['新密码不能与旧密码相同。', 'The new password must differ from the old one.'],
  password_weak: [
    '至少 10 个字符，含大写、小写、数字、符号中的三种；或 16 个字符以上的长句。',
    'At least 10 characters with three of upper case, lower case, digit and sign, or a phrase of 16 or more.',
  ],
  csrf: [
    '页面已过期，请刷新后再试，已填的内容会保留。',
    'The page is out of date; reload and try again, what you typed is kept.',
  ],
  wrong_origin: ['请求来自别的网站，已拒绝。', 'The request came from another site and was refused.'],
  stale: [
    '别人刚改过，请看最新情况再决定。',
    'Somebody changed this just now; look at it as it stands and decide again.',
  ],
  idempotency_mismatch: [
    '同一编号先后发了不同内容，已保留第一次的。',
    'The same key came with different content; the first one was kept.',
  ],
  sealed_category: ['这类事不在这里登记，请直接拨打 {number}。', 'This is not registered here; please ring {number}.'],
  not_in_this_state: ['现在的状态（{state}）不能这样做。', 'This cannot be done in its present state ({state}).'],
  not_yours: ['只有提出人本人能定。', 'Only the person it is for may decide this.'],
  programs_cannot: ['程序不能确认、评价或随访。', 'Programs cannot confirm, rate or follow up.'],
  why_needed: ['请写明哪里没解决。', 'Please say what is not solved.'],
  not_independent: [
    '您经手过此事或与办理人同线，不能核实。',
    'You took part in this or belong to the handling line; you cannot verify it.',
  ],
  two_returns: ['已退两次，须由仲裁人指派。', 'Returned twice; the arbiter must assign it.'],
  arbitrated: ['仲裁指派，不能再退。', 'Assigned by the arbiter; it cannot be returned.'],
  returned_enough: ['已退过两次，不能再退。', 'It has been returned twice already.'],
  names_this_line: [
    '诉求反映的就是这个条线或单位，须派给别处。',
    'The request complains about this line or unit; dispatch it elsewhere.',
  ],
  summary_needed: ['保密诉求要先写转办摘要。', 'A confidential request needs its 转办摘要 first.'],
  ask_pending: ['已有一项申请在等批。', 'One application is already waiting.'],
  extended_once: ['只能延期一次。', 'It can be extended only once.'],
  after_due: ['已过期限，不能再申请延期。', 'It is past due; an extension must be asked before.'],
  not_after_due: ['延期要晚于现在的期限。', 'The new time must be later than the present due time.'],
  too_long: [
    '一件工单挂起累计最长 72 小时，还剩 {hours} 小时。',
    'A case is suspended for 72 hours in all at most; {hours} are left.',
  ],
  in_the_past: ['时间已过去。', 'That time is past.'],
  own_ask: ['不能批自己提的申请。', 'You cannot decide what you asked for yourself.'],
  same_line: ['不能批本条线的申请。', 'You cannot decide for your own line.'],
  evidence_needed: [
    '报办结至少要一份证据，或写清楚做了什么（不少于 10 个字）。',
    'Handled needs at least one piece of evidence or 10 characters saying what was done.',
  ],
  own_request: [
    '自己提的诉求请同条线其他人承办。',
    'You asked for this yourself; a colleague of your line must handle it.',
  ],
  not_handler: ['此事由别的条线或单位承办。', 'Another line or unit handles this.'],
  other_case: ['两件事不能并到一起：{why}。', 'These two cannot be joined: {why}.'],
  attempts_missing: [
    '还不够：至少 3 次、跨 2 天、每种留下的渠道都试过。',
    'Not yet: at least 3 attempts on 2 days over every channel left.',
  ],
  call_done: ['这通随访已完成并冻结。', 'This follow-up is complete and frozen.'],
  code_wrong: ['编号和查询码对不上。', 'Number and query code do not match.'],
  code_locked: [
    '查询码输错太多，请 15 分钟后再试，或拨打热线。',
    'Too many wrong codes; try again in 15 minutes or ring the hotline.',
  ],
  code_expired: ['查询码已失效。', 'The query code has expired.'],
  poster_invalid: ['二维码已失效，请选择所在工地。', 'This QR code is no longer valid; please choose your site.'],
  administrator_exclusive: [
    '系统、安全、审计管理员必须是三个不同的人。',
    'System, security and audit administrators must be three different people.',
  ],
  administrator_protected: [
    '对方是还没有设第二因素的管理员，不能由您重设密码。',
    'This is an administrator without a second factor yet; you cannot reset that password.',
  ],
  no_channel: [
    '集团还没有开通这种通知方式，请找系统管理员。',
    'The group has not switched this way on; ask the system administrator.',
  ],
  too_soon: ['刚发过，请一分钟后再试。', 'One was sent just now; try again in a minute.'],
  from_environment: [
    '这个渠道由服务器的环境变量设置，这里不能改。',
    'This channel is set by the environment of the server and cannot be changed here.',
  ],
  one_way_out: [
    '已有一个启用的同类渠道，请先停用它。',
    'Another channel of this kind is switched on; switch it off first.',
  ],
  nothing_to_confirm: ['这条消息不用确认。', 'This message asks for no confirmation.'],
  own_grant: ['不能给自己授权。', 'You cannot grant rights to yourself.'],
  login_taken: ['登录名已被使用。', 'This login is taken.'],
  line_needed: ['这个角色要选条线。', 'This role needs a line.'],
  file_too_large: ['文件太大，最多 {mb} MB。', 'The file is too large; at most {mb} MB.'],
  file_type: ['只收照片（JPEG、PNG、WebP、HEIC）。', 'Only pictures (JPEG, PNG, WebP, HEIC) are taken here.'],
  file_unreadable: [
    '这张照片打不开，请重拍或换一张。',
    'This picture cannot be read; take it again or choose another.',
  ],
  too_many_files: ['照片太多，最多 {most} 张。', 'Too many pictures; {most} at most.'],
  disk_full: ['暂时收不了照片，文字照常发送。', 'Pictures cannot be taken at present; text can.'],
  upload_quota: [
    '今天传的文件已到上限（{most} 个、{mb} MB），明天再传；文字照常发送。',
    'Today’s limit for files is reached ({most} files, {mb} MB); add more tomorrow. Text can be sent as ever.',
  ],
  file_gone: ['照片没有找到，请重新添加。', 'A picture was not found; please add it again.'],
  too_busy: ['正忙，请稍候再试，已填的都还在。', 'Busy; please try again shortly, what you typed is kept.'],
  internal: ['出错了，内容没有丢，请再试一次。', 'Something went wrong; nothing was lost, please try again.'],
  table_unreadable: [
    '这个文件打不开，请另存为 .xlsx 或 .csv 再传。',
    'This file cannot be read; save it as .xlsx or .csv and upload again.',
  ],
  table_old_or_locked: [
    '文件是旧的 .xls 或加了密码，请另存为不加密的 .xlsx。',
    'The file is an old .xls or has a password; save it anew as .xlsx without one.',
  ],
  table_no_titles: ['第 {row} 行没有列名。', 'Row {row} has no column titles.'],
  table_too_long: ['最多 {most} 行，请分成几个文件。', 'At most {most} rows; please split the file.'],
  table_bad_line: ['第 {row} 行读不出来。', 'Row {row} cannot be read.'],
  table_quote_open: ['第 {row} 行的引号没有配对。', 'A quotation mark opened in row {row} is never closed.'],
  table_encoding: ['文字编码认不出来，请另存为 UTF-8。', 'The text encoding is not known; save it as UTF-8.'],
  import_bad_rows: ['有 {bad} 行要改，改好后再传。', '{bad} rows need mending; then upload again.'],
};

/** Faults of a single field. */
export const faultWords: Record<string, Pair> = {
  required: ['必填', 'required'],
  too_short: ['至少 {least} 个字', 'at least {least} characters'],
  too_long: ['最多 {most} 个字', 'at most {most} characters'],
  too_small: ['不能小于 {least}', 'not less than {least}'],
  too_big: ['不能大于 {most}', 'not more than {most}'],
  bad_format: ['格式不对', 'not in the right form'],
  bad_choice: ['不在可选范围内', 'not one of the choices'],
  bad_type: ['填写的内容类型不对', 'not the right kind of value'],
  bad_code: ['确认码不对或已失效', 'the code is wrong or no longer good'],
  bad_address: ['不是完整的网址', 'not a complete address'],
  https_needed: ['须以 https:// 开头', 'must begin with https://'],
  private_address: ['内网地址须先勾选允许', 'an address inside the network must be allowed first'],
  placeholders_missing: ['须含“to”和“text”两个占位', 'must contain the placeholders “to” and “text”'],
  unknown_category: ['没有这个类别', 'there is no such category'],
  unknown_site: ['没有这个工地', 'there is no such site'],
  unknown_line: ['没有这个条线', 'there is no such line'],
  unknown_unit: ['没有这个单位', 'there is no such unit'],
  unknown_person: ['没有这个工号', 'there is no such staff number'],
  upload_quota: ['今天已到 {most} 个或 {mb} MB', 'today’s {most} files or {mb} MB are used up'],
  owner_needed: ['请选定一个责任人或责任岗位', 'choose one accountable person or post'],
  one_owner: ['责任人只能有一个：选人就不再选岗位', 'one owner only: a person, or a post'],
  oversight_handles: ['监督条线不承办自己督查发现的问题', 'oversight does not handle what it inspects'],
  not_on_the_way: ['节点须在现在与期限之间', 'a milestone lies between now and the due time'],
  in_the_past: ['不能早于现在：已经承诺的时间不改', 'not before now: what was promised is not changed'],
  after_promise: ['不能晚于承诺的时间', 'not later than what is promised'],
  after_contact: ['不能晚于应答的时间', 'not later than the first contact'],
  bad_spans: ['时段要从早到晚、不重叠', 'spans must run from early to late without overlapping'],
  no_working_time: ['至少要有一段工作时间', 'needs some working time'],
  unknown_calendar: ['没有这个日历', 'there is no such calendar'],
  never_closed: ['这个日历全天候运行，没有假日', 'this calendar runs round the clock and has no holidays'],
  taken: ['已被使用', 'is taken'],
  date_taken: ['{date} 已有安排，请先撤回', '{date} has a meaning already; take it back first'],
  before_first: ['不能早于第一天', 'not before the first day'],
  too_many_days: ['一次最多 {most} 天', 'at most {most} days at once'],
  twice_at_once: ['同一时刻只能有一步（{n} 分钟）', 'one step at a time only ({n} minutes)'],
  not_higher: [
    '过期后的每一步要比前一步高一级（{n} 分钟那一步）',
    'after the due time each step must tell a higher level than the one before (at {n} minutes)',
  ],
  site_needed: ['请选择所在工地', 'please choose the site'],
  summary_reveals: ['摘要里有“{word}”，可能认出本人', 'the summary says “{word}”, which may give the person away'],
};

export const stateWords: Record<string, Pair> = {
  received: ['已受理', 'received'],
  in_work: ['办理中', 'in work'],
  handled: ['已报办结', 'handled'],
  reopened: ['重办', 'reopened'],
  resolved_confirmed: ['本人确认解决', 'confirmed solved'],
  closed_unreachable: ['联系不上', 'unreachable'],
  closed_unverified: ['未核实', 'unverified'],
  closed_explained: ['解释办结', 'explained'],
  withdrawn: ['本人撤回', 'withdrawn'],
  new: ['待派单', 'to be dispatched'],
  dispatched: ['待签收', 'awaiting acceptance'],
  accepted: ['已签收', 'accepted'],
  in_progress: ['办理中', 'in progress'],
  suspended: ['挂起', 'suspended'],
  returned: ['退回', 'returned'],
  task_issued: ['待签收', 'to be received'],
  task_received: ['已签收', 'received'],
  task_in_progress: ['办理中', 'in progress'],
  task_submitted: ['待验收', 'awaiting acceptance'],
  task_accepted: ['验收通过', 'accepted as done'],
  task_returned: ['退回重办', 'returned for quality'],
  task_void: ['已作废', 'void'],
};

export function say(
  words: Record<string, Pair>,
  code: string,
  locale: 'zh-CN' | 'en',
  values: Record<string, string | number> = {},
): string {
  const pair = words[code];
  if (!pair) return code;
  return pair[locale === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return name === 'state' ? say(stateWords, String(value), locale) : String(value ?? '');
  });
}
