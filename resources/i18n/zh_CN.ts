<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message>
        <source>Place unclear</source>
        <translation>地点不清</translation>
    </message>
    <message>
        <source>Matter unclear</source>
        <translation>事项不清</translation>
    </message>
    <message>
        <source>Wrong category</source>
        <translation>类别有误</translation>
    </message>
    <message>
        <source>Belongs to the police</source>
        <translation>属公安职责</translation>
    </message>
    <message>
        <source>%1: why?</source>
        <translation>%1，请写明理由</translation>
    </message>
    <message>
        <source>: over two minutes</source>
        <translation>，已超过 2 分钟</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>%1 正在阅</translation>
    </message>
    <message>
        <source>seat %1</source>
        <translation>%1 席</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全确认</translation>
    </message>
    <message>
        <source>no word of danger in the text</source>
        <translation>正文未见危险词</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完整度</translation>
    </message>
    <message>
        <source>no second contact needed</source>
        <translation>无需二次联系市民</translation>
    </message>
    <message>
        <source>a second contact is likely: %1</source>
        <translation>可能需要二次联系：%1</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>转办同意</translation>
    </message>
    <message>
        <source>the caller agrees</source>
        <translation>市民同意转办</translation>
    </message>
    <message>
        <source>no consent on record</source>
        <translation>没有同意转办的记录</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>疑似重复</translation>
    </message>
    <message>
        <source>nothing like it</source>
        <translation>未见相近工单</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>清单与去向</translation>
    </message>
    <message>
        <source>the hotline decides</source>
        <translation>由 12345 确定承办单位</translation>
    </message>
    <message>
        <source>department work for a town</source>
        <translation>部门职责，不宜下推镇街</translation>
    </message>
    <message>
        <source>Approver</source>
        <translation>审批人</translation>
    </message>
    <message>
        <source>not the author</source>
        <translation>与接警员不是同一人</translation>
    </message>
    <message>
        <source>you wrote this; you may not approve it</source>
        <translation>本人经手，不能审批</translation>
    </message>
    <message>
        <source>pass</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>look</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Number, name, phone, place or words</source>
        <translation>编号、姓名、电话、地点或文字</translation>
    </message>
    <message>
        <source>Came back, anybody&apos;s</source>
        <translation>退回工单（全班）</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>办理</translation>
    </message>
    <message>
        <source>Mend and send again</source>
        <translation>补正后再报</translation>
    </message>
    <message>
        <source>Nothing to do; it goes its way.</source>
        <translation>无需操作，正在流转。</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%2 %1</translation>
    </message>
    <message>
        <source> (provisional)</source>
        <translation>（暂定）</translation>
    </message>
    <message>
        <source>No second contact needed</source>
        <translation>无需二次联系</translation>
    </message>
    <message>
        <source>%1 gaps, each with its reason</source>
        <translation>缺项 %1，均注明原因</translation>
    </message>
    <message>
        <source>answered %1</source>
        <translation>接警 %1</translation>
    </message>
    <message>
        <source>recording %1</source>
        <translation>录音 %1</translation>
    </message>
    <message>
        <source>Police matter: %1</source>
        <translation>属公安职责：%1</translation>
    </message>
    <message>
        <source>The text speaks of danger (%1). Is there none now?</source>
        <translation>正文提到危险（%1）。确认现在没有危险吗？</translation>
    </message>
    <message>
        <source>No danger now, send</source>
        <translation>现在没有危险，发送</translation>
    </message>
    <message>
        <source>Back to the form</source>
        <translation>返回接警单</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>缺 %1</translation>
    </message>
    <message>
        <source>Order %1 waits for approval. Tell the caller this number.</source>
        <translation>工单 %1 已提交待审批。请把编号告知市民。</translation>
    </message>
    <message>
        <source>%1: recorded.</source>
        <translation>%1：已记录。</translation>
    </message>
    <message>
        <source>The summary is on the clipboard. Paste it in the police system and write its number here.</source>
        <translation>摘要已复制。请粘贴到警务系统，并把警情编号填在这里。</translation>
    </message>
    <message>
        <source>Close this form</source>
        <translation>关闭本单</translation>
    </message>
    <message>
        <source>An order to 12345 as well</source>
        <translation>同时派单给 12345</translation>
    </message>
    <message>
        <source>Is there a part for 12345, too?</source>
        <translation>是否还有需要 12345 办理的部分？</translation>
    </message>
    <message>
        <source>Answer from this item</source>
        <translation>按此事项答复</translation>
    </message>
    <message>
        <source>Not accepted because of this item</source>
        <translation>按此事项不受理</translation>
    </message>
    <message>
        <source>Guidance lists</source>
        <translation>引导清单</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>无声</translation>
    </message>
    <message>
        <source>Misdialled</source>
        <translation>误拨</translation>
    </message>
    <message>
        <source>Nuisance</source>
        <translation>骚扰</translation>
    </message>
    <message>
        <source>Test call</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Why is this no valid call?</source>
        <translation>为什么是无效来电？</translation>
    </message>
    <message>
        <source>Which order? Number, name or words</source>
        <translation>哪一件工单？输入编号、姓名或文字</translation>
    </message>
    <message>
        <source>Linked to order %1; the chase is on its way.</source>
        <translation>已关联工单 %1，催办已发出。</translation>
    </message>
    <message>
        <source>Into the call: 12345 or another line</source>
        <translation>加入通话：12345 或其他号码</translation>
    </message>
    <message>
        <source>Calling %1.</source>
        <translation>正在呼叫 %1。</translation>
    </message>
    <message>
        <source>Handing over to %1.</source>
        <translation>正在转接给 %1。</translation>
    </message>
    <message>
        <source>Hand the call over to</source>
        <translation>把电话转接给</translation>
    </message>
    <message>
        <source>No line is known for this; dial it by hand.</source>
        <translation>没有登记号码，请手动拨打。</translation>
    </message>
    <message>
        <source>The number of this call: %1</source>
        <translation>本次来电编号：%1</translation>
    </message>
    <message>
        <source>Category: pinyin, number or words</source>
        <translation>类别：拼音、编号或文字</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办建议</translation>
    </message>
    <message>
        <source>Danger first: send police or link urgently before anything else.</source>
        <translation>安全第一：请先派警或紧急联动。</translation>
    </message>
    <message>
        <source>Parked; Ctrl and its digit brings it back.</source>
        <translation>已暂存，按 Ctrl 加数字可取回。</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>缺</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>caller&apos;s</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Because of: %1</source>
        <translation>依据：%1</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导清单</translation>
    </message>
    <message>
        <source>List %1, item %2</source>
        <translation>清单 %1 · 第 %2 项</translation>
    </message>
    <message>
        <source>No danger, nobody hurt, no crime</source>
        <translation>无危险 · 无伤病 · 不涉违法犯罪</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>有危险</translation>
    </message>
    <message>
        <source>Somebody hurt</source>
        <translation>有人伤病</translation>
    </message>
    <message>
        <source>Crime or weapon</source>
        <translation>涉违法或凶器</translation>
    </message>
    <message>
        <source>None of it</source>
        <translation>都没有</translation>
    </message>
    <message>
        <source>This call</source>
        <translation>本次来电</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未完</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>经手 %1</translation>
    </message>
    <message>
        <source>Nothing written yet</source>
        <translation>尚未填写</translation>
    </message>
    <message>
        <source>%1 takes calls, %2 answers, %3 begins a form without a call.</source>
        <translation>%1 就绪接警，%2 接听来电，%3 不接来电直接新建。</translation>
    </message>
    <message>
        <source>Link and chase it</source>
        <translation>并入并催办</translation>
    </message>
    <message>
        <source>Is this call about the same matter?</source>
        <translation>本次来电反映的是同一件事吗？</translation>
    </message>
    <message>
        <source>Approved on paper by: ____________   Time: ____________   Sent by: ____________</source>
        <translation>书面批准人：____________&#x3000;时间：____________&#x3000;发送人：____________</translation>
    </message>
    <message>
        <source>The printed order could not be written to %1.</source>
        <translation>打印单无法写入 %1。</translation>
    </message>
    <message>
        <source>Printed order: %1</source>
        <translation>打印单：%1</translation>
    </message>
    <message>
        <source>Which district? Its line is called at once</source>
        <translation>哪个区（市）？选定后立即呼叫</translation>
    </message>
    <message>
        <source>PRACTICE - no real order</source>
        <translation>练习，不是真实工单</translation>
    </message>
    <message>
        <source>Nothing waits for a decision.</source>
        <translation>没有待审批的工单。</translation>
    </message>
    <message>
        <source>The order was changed by its author: read it again.</source>
        <translation>提交人改过这件工单，请重新阅看。</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 条</translation>
    </message>
    <message>
        <source>%1 takes the uppermost refused one away</source>
        <translation>%1 已阅，移去最上面一条被拒的</translation>
    </message>
    <message>
        <source>%1 sends again what was held back</source>
        <translation>%1 重发搁置的</translation>
    </message>
    <message>
        <source>Nothing was called. Dial by hand: %1, %2.</source>
        <translation>没有呼出。请用话机拨打：%1，%2。</translation>
    </message>
    <message>
        <source>Linkage by hand recorded: %1. The order follows afterwards with its key.</source>
        <translation>已记录人工联动：%1。工单随后用派单键补发。</translation>
    </message>
    <message>
        <source>taken over by %1</source>
        <translation>已被 %1 接手</translation>
    </message>
    <message>
        <source>Dial again</source>
        <translation>重新拨打</translation>
    </message>
    <message>
        <source>Somebody answered by hand</source>
        <translation>登记人工接通情况</translation>
    </message>
    <message>
        <source>%1 was not reached before</source>
        <translation>%1 上次未接通</translation>
    </message>
    <message>
        <source>Dialled: %1, %2. Waiting for an answer.</source>
        <translation>已拨打：%1，%2，等待接听。</translation>
    </message>
    <message>
        <source>Linked: %1 answered. The order follows afterwards with its key.</source>
        <translation>已联动：%1 已接通。事后可按键补派工单。</translation>
    </message>
    <message>
        <source>Not linked: %1, %2. Its key dials again, or notes who answered by hand.</source>
        <translation>未联动：%1，%2。再按同一键可重拨或登记人工接通。</translation>
    </message>
    <message>
        <source>The form is being brought from another seat...</source>
        <translation>正在从其他席位调取表单……</translation>
    </message>
    <message>
        <source>Merged into %1</source>
        <translation>已并入 %1</translation>
    </message>
    <message>
        <source>Reported again, merged from %1</source>
        <translation>市民再次反映，由 %1 并入</translation>
    </message>
    <message>
        <source>The same matter</source>
        <translation>同一件事</translation>
    </message>
    <message>
        <source>The same caller asks again</source>
        <translation>同一市民再次催问</translation>
    </message>
    <message>
        <source>not obtained (%1)</source>
        <translation>未取得（%1）</translation>
    </message>
    <message>
        <source>%1 did not join: %2. Try another line, or send an order instead.</source>
        <translation>%1未接通：%2。可换一条线路，或改派工单。</translation>
    </message>
    <message>
        <source>%1 has joined the call.</source>
        <translation>%1已加入通话。</translation>
    </message>
    <message>
        <source>Who answered there, and when?</source>
        <translation>对方由谁接听，几点几分？</translation>
    </message>
    <message>
        <source>You wrote on it: another duty officer has to approve it.</source>
        <translation>本人经手，须由其他值班民警审批。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区划</translation>
    </message>
    <message>
        <source>the text names %1</source>
        <translation>区划与正文不一致：正文写的是%1</translation>
    </message>
    <message>
        <source>The call goes on. %3 begins a form for it, %4 opens the first draft.</source>
        <translation>通话还在继续。%3 另建一单，%4 回到第一份草稿。</translation>
    </message>
    <message>
        <source>A call rings: %2 answers it.</source>
        <translation>来电振铃，%2 接听。</translation>
    </message>
    <message>
        <source>Ready for calls: %2 answers when one rings. %3 begins a form without a call.</source>
        <translation>已就绪，等待来电，%2 接听。%3 不接来电直接新建。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>The gateway cannot be reached: approving waits. Urgent orders go by the printed order (%1).</source>
        <translation>网关连接不上，暂不能批准。紧急工单请打印办理（%1）。</translation>
    </message>
    <message>
        <source>The caller says: %1</source>
        <translation>来电人：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source> To be corrected: %1.</source>
        <translation>需补正：%1。</translation>
    </message>
    <message>
        <source> (sample)</source>
        <translation>（示例）</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>当前表单</translation>
    </message>
    <message>
        <source>%1: it cannot be taken back. Note it?</source>
        <translation>%1：记下后不能撤回。记下吗？</translation>
    </message>
    <message>
        <source>Mark what to correct, by the key before it; then comes the reason. Esc: do not send back.</source>
        <translation>请先按要素前的键标记需补正的要素，随后填写理由；按 Esc 取消退回。</translation>
    </message>
    <message>
        <source>Fields are marked to correct: %1 sends back. To approve, take the marks off first: Esc.</source>
        <translation>已标记需补正的要素：按 %1 退回补正；要批准，请先按 Esc 取消标记。</translation>
    </message>
    <message>
        <source>Fields are marked to correct. To approve, take the marks off first: Esc.</source>
        <translation>已标记需补正的要素；要批准，请先按 Esc 取消标记。</translation>
    </message>
    <message>
        <source>Words, pinyin, or # and the number</source>
        <translation>词语、拼音，或 # 加编号</translation>
    </message>
    <message>
        <source>item %1</source>
        <translation>第%1项</translation>
    </message>
    <message>
        <source>Which draft?</source>
        <translation>打开哪份草稿？</translation>
    </message>
    <message>
        <source>Words, or # and the number</source>
        <translation>词语，或 # 加编号</translation>
    </message>
    <message>
        <source>Known order</source>
        <translation>关联工单</translation>
    </message>
    <message>
        <source>No danger said</source>
        <translation>未说有危险</translation>
    </message>
    <message>
        <source>Danger, somebody hurt, a crime or a weapon was said</source>
        <translation>说到危险、伤病或违法犯罪</translation>
    </message>
    <message>
        <source>This is no order; it can be read here.</source>
        <translation>不是工单，可在此查看。</translation>
    </message>
    <message>
        <source>Enter opens its form.</source>
        <translation>按回车打开表单。</translation>
    </message>
    <message>
        <source>Write the number of the police system.</source>
        <translation>请填写警情系统的编号。</translation>
    </message>
    <message>
        <source>There is no call: nobody can be asked in or handed over.</source>
        <translation>当前没有通话，不能加入或转接他人。</translation>
    </message>
    <message>
        <source>Write who answered there, and when.</source>
        <translation>请写明对方是谁接的、几点接的。</translation>
    </message>
    <message>
        <source>Nothing was answered yet.</source>
        <translation>还没有回答可更正。</translation>
    </message>
    <message>
        <source>Which answer is to be corrected?</source>
        <translation>更正哪个回答？</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答</translation>
    </message>
    <message>
        <source>No further number is called by itself. %1 still rings.</source>
        <translation>不再自动呼叫其他号码。%1 仍在呼叫。</translation>
    </message>
    <message>
        <source>%1 %2. The backup number %3 is called now; waiting for an answer. %4 calls nobody further.</source>
        <translation>%1 %2，正在呼叫备用号码 %3，等待接听。按 %4 不再自动呼叫。</translation>
    </message>
    <message>
        <source>Not linked: %1, %2. Tell the duty officer now: %3 calls them. Nobody else is called by itself.</source>
        <translation>未联动：%1，%2。请立即报告值班民警：按 %3 呼叫。系统不再自动呼叫。</translation>
    </message>
    <message>
        <source>The hand-over text is on the clipboard.</source>
        <translation>交接内容已复制。</translation>
    </message>
    <message>
        <source>called %1</source>
        <translation>报警 %1</translation>
    </message>
    <message>
        <source>hung up %1</source>
        <translation>挂机 %1</translation>
    </message>
    <message>
        <source>%1 takes the matter</source>
        <translation>%1受理</translation>
    </message>
    <message>
        <source>No agreement: we keep it, as the first who were called</source>
        <translation>商定不了：本方首接，由本方受理</translation>
    </message>
    <message>
        <source>Noted in the log of the call: %1</source>
        <translation>已记入通话记录：%1</translation>
    </message>
    <message>
        <source>Who keeps the matter?</source>
        <translation>由谁受理？</translation>
    </message>
    <message>
        <source>Nobody else was in the call of this form: there is nothing to settle.</source>
        <translation>这次通话没有第三方加入，不用商定由谁受理。</translation>
    </message>
    <message>
        <source>Seat %1</source>
        <translation>%1 席</translation>
    </message>
    <message>
        <source>The gateway cannot be reached: only printing works.</source>
        <translation>离线，只能打印。</translation>
    </message>
    <message>
        <source>%1 was decided elsewhere meanwhile: %2</source>
        <translation>%1 已由他人处理：%2</translation>
    </message>
    <message>
        <source>Choose an order first.</source>
        <translation>请先选择一张工单。</translation>
    </message>
    <message>
        <source>The order chosen on the left stands here: its text, its steps, its times.</source>
        <translation>在左侧选择工单后，这里显示全文、办理经过和时间。</translation>
    </message>
    <message>
        <source>The gateway cannot be reached: what you do here is kept and sent by itself; no news comes until then.</source>
        <translation>网关连接不上：在此的操作已保存，恢复后自动发出；期间收不到新进展。</translation>
    </message>
    <message>
        <source>Order number, name or words</source>
        <translation>工单编号、姓名或文字</translation>
    </message>
    <message>
        <source>No order is found. Type the number of an order, a name or words of it.</source>
        <translation>没有找到工单。请输入工单编号、姓名或工单里的文字。</translation>
    </message>
    <message>
        <source>Who is to be called?</source>
        <translation>联动哪一家？</translation>
    </message>
    <message>
        <source>located, ask</source>
        <translation>定位，待核</translation>
    </message>
    <message>
        <source>%1 is in the call; %2 was not reached. Its key dials again, or notes who answered by hand.</source>
        <translation>%1已进入通话；%2未联系上。再按其键可重拨，或登记人工联系到的人。</translation>
    </message>
    <message>
        <source>Not linked: %1, %2. The duty officer is called now: %3. %4 stops that; %5 calls another line.</source>
        <translation>未联动：%1，%2。正在呼叫值班民警 %3。%4 停止，%5 改呼其他单位。</translation>
    </message>
    <message>
        <source>The duty officer is no longer called; %1 is called now.</source>
        <translation>已停止呼叫值班民警，正在呼叫%1。</translation>
    </message>
    <message>
        <source>The caller is being called back. %5 hangs up.</source>
        <translation>正在回拨市民，接通后即可记录。%5 挂断。</translation>
    </message>
</context>
<context>
    <name>AskFirst</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ByHand</name>
    <message>
        <source>%1 hung up</source>
        <translation>%1已挂断</translation>
    </message>
    <message>
        <source>Caller hung up</source>
        <translation>市民已挂断</translation>
    </message>
    <message>
        <source>It rings</source>
        <translation>有来电</translation>
    </message>
</context>
<context>
    <name>CallBacks</name>
    <message>
        <source>This caller stands in no queue: Enter begins a form for them.</source>
        <translation>此来电不在回拨队列，按回车为其建单。</translation>
    </message>
    <message>
        <source>Another seat has this caller, or calls them just now.</source>
        <translation>此来电由别席保留，或正在回拨。</translation>
    </message>
    <message>
        <source>Close the form of this caller first; then nobody calls them any more.</source>
        <translation>请先办结此来电的表单，办结后即不再回拨。</translation>
    </message>
    <message>
        <source>Tried several times, not reached</source>
        <translation>多次回拨未接通</translation>
    </message>
    <message>
        <source>The matter is dealt with already</source>
        <translation>事项已另行办结</translation>
    </message>
    <message>
        <source>Wrong number, or a nuisance</source>
        <translation>错号或骚扰</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Call %1 back no more. Why?</source>
        <translation>不再回拨 %1，原因？</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Another call %1</source>
        <translation>又有来电 %1</translation>
    </message>
    <message>
        <source>Press again to hang up</source>
        <translation>再按一次挂断</translation>
    </message>
    <message>
        <source>On hold %1</source>
        <translation>保持 %1</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>换回</translation>
    </message>
    <message>
        <source>Who keeps the matter?</source>
        <translation>由谁受理？</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>状态：%1</translation>
    </message>
</context>
<context>
    <name>CallControl</name>
    <message>
        <source>Break</source>
        <translation>小休</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Checks</source>
        <translation>核对</translation>
    </message>
</context>
<context>
    <name>CompletenessLine</name>
    <message>
        <source>Complete</source>
        <translation>完整度</translation>
    </message>
    <message>
        <source>Nothing missing</source>
        <translation>要素齐全</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>缺 %1</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1，另 %2 项</translation>
    </message>
    <message>
        <source>No form yet</source>
        <translation>暂无表单</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>%1 reads on; approving waits for the end of the order</source>
        <translation>按 %1 往下读，读完全文后才能批准</translation>
    </message>
    <message>
        <source>Merge into %1</source>
        <translation>并入 %1</translation>
    </message>
</context>
<context>
    <name>FieldGrid</name>
    <message>
        <source>What 12345 needs</source>
        <translation>12345 必填要素</translation>
    </message>
    <message>
        <source>Next gap</source>
        <translation>下一缺项</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>女</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>保密</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>同意</translation>
    </message>
</context>
<context>
    <name>GuidanceCard</name>
    <message>
        <source>Guidance</source>
        <translation>引导清单</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办建议</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改</translation>
    </message>
    <message>
        <source>No list item yet.</source>
        <translation>暂无对应的清单事项</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选</translation>
    </message>
</context>
<context>
    <name>HandoverCard</name>
    <message>
        <source>To hand over</source>
        <translation>交接内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>ManualPanel</name>
    <message>
        <source>Enter alone if the phone shows none</source>
        <translation>话机没有显示号码就直接回车</translation>
    </message>
    <message>
        <source>Number of the caller</source>
        <translation>来电号码</translation>
    </message>
    <message>
        <source>backup %1</source>
        <translation>备用 %1</translation>
    </message>
    <message>
        <source>Desk phone</source>
        <translation>手工话机</translation>
    </message>
</context>
<context>
    <name>MissedCalls</name>
    <message>
        <source>rang %1</source>
        <translation>振铃 %1</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>待回拨</translation>
    </message>
    <message>
        <source>Nobody to call back.</source>
        <translation>没有待回拨的来电人。</translation>
    </message>
    <message>
        <source>being called back</source>
        <translation>正在回拨</translation>
    </message>
    <message>
        <source>tried %1 times</source>
        <translation>已拨 %1 次未通</translation>
    </message>
    <message>
        <source>cut off, your form</source>
        <translation>通话中断，表单在本席</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>来电中断</translation>
    </message>
    <message>
        <source>%1 calls, %2 gives up</source>
        <translation>%1 回拨&#x3000;%2 不再回拨</translation>
    </message>
</context>
<context>
    <name>MoreCard</name>
    <message>
        <source>+%1 more drafts</source>
        <translation>+%1 份草稿</translation>
    </message>
</context>
<context>
    <name>MyOrders</name>
    <message>
        <source>No orders yet. Send one with its key and it appears here.</source>
        <translation>还没有工单。一键派单后会显示在这里。</translation>
    </message>
    <message>
        <source>My orders</source>
        <translation>我的工单</translation>
    </message>
    <message>
        <source>%1 returned</source>
        <translation>退回 %1</translation>
    </message>
    <message>
        <source>Nothing found. Look for another number, name, phone, place or other words.</source>
        <translation>没有找到。请换一个编号、姓名、电话、地点或词语再查。</translation>
    </message>
    <message>
        <source>Nothing decided yet. What you decide on appears here, with what becomes of it.</source>
        <translation>还没有决定过的工单。作出决定后，工单和后续进展会显示在这里。</translation>
    </message>
</context>
<context>
    <name>NarrativePanel</name>
    <message>
        <source>Narrative</source>
        <translation>警情描述</translation>
    </message>
    <message>
        <source>Write while listening</source>
        <translation>边听边记，右侧随写随出</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>识别</translation>
    </message>
</context>
<context>
    <name>NearOrders</name>
    <message>
        <source>Near orders</source>
        <translation>相近工单</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>并入</translation>
    </message>
    <message>
        <source>No order of this caller or place is known here.</source>
        <translation>本机没有同一来电人或同一地点的工单。</translation>
    </message>
    <message>
        <source>Same caller or place</source>
        <translation>同一来电人或同地点</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>OrderPreview</name>
    <message>
        <source>Order</source>
        <translation>工单预览</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已人工修改</translation>
    </message>
    <message>
        <source>The order appears here as the fields fill.</source>
        <translation>填写要素后，工单会自动生成在这里。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message>
        <source>Choose an order on the left.</source>
        <translation>请在左侧选择一件工单。</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>要素</translation>
    </message>
    <message>
        <source> - correct this</source>
        <translation> · 需补正</translation>
    </message>
    <message>
        <source>The key before a field marks it to correct</source>
        <translation>按要素前的键标记需补正</translation>
    </message>
    <message>
        <source>Three-way call</source>
        <translation>三方通话记录</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>, unsent</source>
        <translation>，待发</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Take</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Nothing is found for this.</source>
        <translation>没有找到，请换个说法。</translation>
    </message>
</context>
<context>
    <name>PracticeStripe</name>
    <message>
        <source>Practice: nothing leaves this computer</source>
        <translation>练习 · 不会发出任何工单或电话</translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Ask next</source>
        <translation>追问</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一问</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答</translation>
    </message>
    <message>
        <source>Does not know</source>
        <translation>不知道</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒答</translation>
    </message>
    <message>
        <source>Nothing more to ask.</source>
        <translation>没有要追问的了。</translation>
    </message>
    <message>
        <source>Say first</source>
        <translation>先说这一句</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>已答</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>Nothing waits for approval. New orders appear here and ring.</source>
        <translation>没有待审批的工单。新工单到达时会显示在这里并响铃。</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Acted on first</source>
        <translation>先办后批</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>A reason is needed: say it in a few words.</source>
        <translation>请写明理由，几个字即可。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>SafetyStrip</name>
    <message>
        <source>Safety</source>
        <translation>安全确认</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新确认</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
</context>
<context>
    <name>ShiftCounts</name>
    <message>
        <source>Waiting %1</source>
        <translation>待审 %1</translation>
    </message>
    <message>
        <source>Longest %1</source>
        <translation>最久 %1</translation>
    </message>
    <message>
        <source>This shift %1 approved</source>
        <translation>本班已批 %1 件</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>中位 %1</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Operator</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>110 to 12345 workstation</source>
        <translation>110 与 12345 非警务分流工作台</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>Choose one of the values by its digit.</source>
        <translation>请按数字选择。</translation>
    </message>
    <message>
        <source>A seat has 1 to 8 letters and digits.</source>
        <translation>席位号为1至8位字母或数字。</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>内容太长。</translation>
    </message>
    <message>
        <source>Write this computer&apos;s own seat, which no other computer has: it is part of each call&apos;s number.</source>
        <translation>请填写本机的席位号。席位号是每个受理编号的一部分，不得与其他电脑相同。</translation>
    </message>
    <message>
        <source>Locked by %1. A call and what was written go on underneath; the password opens it again. Somebody else signs in with another operator number; the first one is signed out then.</source>
        <translation>%1 已锁定本席。通话不会中断，已填内容不会丢失；输入密码即可返回。换人使用请改填工号，原登录随即退出。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Offline, work goes on</source>
        <translation>离线 · 可继续接警</translation>
    </message>
    <message>
        <source>%1 not delivered</source>
        <translation>%1 件未送达</translation>
    </message>
    <message>
        <source>Clock %1 s off</source>
        <translation>时钟偏差 %1 秒</translation>
    </message>
    <message>
        <source>Unsent %1</source>
        <translation>待发 %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>This computer has no keyring: the key of its records lies in a file that the password opens.</source>
        <translation>本机没有密钥环：记录的密钥存放在文件里，由登录密码开启。</translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation>无密钥环</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Category</source>
        <translation>类别建议</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择类别</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>看不准</translation>
    </message>
    <message>
        <source>Proposals come from ten characters on.</source>
        <translation>写满十个字后给出类别建议。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>No steps yet.</source>
        <translation>还没有经过。</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>unsent</source>
        <translation>待发</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>110 to 12345 workstation</source>
        <translation>110 与 12345 非警务分流工作台</translation>
    </message>
    <message>
        <source>Something unexpected happened. Your text is kept; the report for support: %1</source>
        <translation>程序出现意外，文字已保存。供技术支持的报告：%1</translation>
    </message>
    <message>
        <source>A citizen is still there: end the call or hand it over first.</source>
        <translation>市民还在线上：请先结束通话或转接。</translation>
    </message>
    <message>
        <source>Answer what is asked first, or Esc; then the language changes.</source>
        <translation>请先答完当前提问，或按 Esc 关闭，再切换语言。</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>Seat %1</source>
        <translation>%1 席</translation>
    </message>
    <message>
        <source>The gateway refused an act; the list of undelivered acts says why (Ctrl+B).</source>
        <translation>网关退回了一项操作，原因见未送达列表（Ctrl+B）。</translation>
    </message>
    <message>
        <source>Somebody must sign in again before everything can be delivered; nothing is lost.</source>
        <translation>需重新登录后才能全部送达，内容没有丢失。</translation>
    </message>
    <message>
        <source>The record file was damaged. It is kept as %1 and was rescued; check drafts and orders.</source>
        <translation>记录文件曾损坏，已另存为 %1 并完成抢救，请核对草稿和工单。</translation>
    </message>
    <message>
        <source>A duty officer writes no forms: hand this call to a call-taker.</source>
        <translation>值班民警不填单，请把来电交给接警员。</translation>
    </message>
    <message>
        <source>Nobody is to be called back.</source>
        <translation>没有需要回拨的来电人。</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Everywhere</source>
        <translation>任何界面</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>接警</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>Back; text is never lost. Urgent linkage: call no further number</source>
        <translation>返回（不会丢失文字）；紧急联动时不再自动呼叫</translation>
    </message>
    <message>
        <source>Search orders</source>
        <translation>搜索工单</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>字号加大</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>字号减小</translation>
    </message>
    <message>
        <source>Night, day, high contrast</source>
        <translation>夜间、日间、高对比</translation>
    </message>
    <message>
        <source>Chinese or English</source>
        <translation>中文或英文</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>锁定屏幕</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>My orders</source>
        <translation>我的工单</translation>
    </message>
    <message>
        <source>Approval queue</source>
        <translation>审批队列</translation>
    </message>
    <message>
        <source>Intake form</source>
        <translation>接警单</translation>
    </message>
    <message>
        <source>Close the notice, silence the sound</source>
        <translation>关闭提示和声音</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Add a party</source>
        <translation>加入一方</translation>
    </message>
    <message>
        <source>Drop the added party</source>
        <translation>挂断加入方</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Leave the others talking</source>
        <translation>退出，双方继续通话</translation>
    </message>
    <message>
        <source>Join again</source>
        <translation>重新加入</translation>
    </message>
    <message>
        <source>Ready or not ready</source>
        <translation>可接听或暂停</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全确认</translation>
    </message>
    <message>
        <source>Send police</source>
        <translation>派警</translation>
    </message>
    <message>
        <source>Answer directly</source>
        <translation>直接答复</translation>
    </message>
    <message>
        <source>Link to a known order</source>
        <translation>关联已有工单</translation>
    </message>
    <message>
        <source>Next gap</source>
        <translation>下一缺项</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>不受理</translation>
    </message>
    <message>
        <source>Invalid call</source>
        <translation>无效来电</translation>
    </message>
    <message>
        <source>Three-way call</source>
        <translation>三方通话</translation>
    </message>
    <message>
        <source>Transfer the call</source>
        <translation>一键转接</translation>
    </message>
    <message>
        <source>Urgent linkage</source>
        <translation>紧急联动</translation>
    </message>
    <message>
        <source>Send as order</source>
        <translation>一键派单</translation>
    </message>
    <message>
        <source>Narrative</source>
        <translation>警情描述</translation>
    </message>
    <message>
        <source>Question to ask</source>
        <translation>追问</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一问</translation>
    </message>
    <message>
        <source>Does not know</source>
        <translation>不知道</translation>
    </message>
    <message>
        <source>Refused to say</source>
        <translation>拒答</translation>
    </message>
    <message>
        <source>Caller hung up</source>
        <translation>已挂机</translation>
    </message>
    <message>
        <source>Choose a category</source>
        <translation>选择类别</translation>
    </message>
    <message>
        <source>Change the unit</source>
        <translation>修改承办单位</translation>
    </message>
    <message>
        <source>Guidance lists</source>
        <translation>引导清单</translation>
    </message>
    <message>
        <source>Edit the order text</source>
        <translation>编辑工单</translation>
    </message>
    <message>
        <source>Near orders</source>
        <translation>相近工单</translation>
    </message>
    <message>
        <source>Caller agrees to hand over</source>
        <translation>市民同意转办</translation>
    </message>
    <message>
        <source>Number to read out</source>
        <translation>告知编号</translation>
    </message>
    <message>
        <source>Park this draft</source>
        <translation>暂存草稿</translation>
    </message>
    <message>
        <source>New draft</source>
        <translation>新建草稿</translation>
    </message>
    <message>
        <source>Take what was recognised</source>
        <translation>采纳识别结果</translation>
    </message>
    <message>
        <source>Take the suggestion</source>
        <translation>采纳类别建议</translation>
    </message>
    <message>
        <source>Go to a draft</source>
        <translation>切换草稿</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Take the numbered action</source>
        <translation>执行对应操作</translation>
    </message>
    <message>
        <source>Next order</source>
        <translation>下一件</translation>
    </message>
    <message>
        <source>Previous order</source>
        <translation>上一件</translation>
    </message>
    <message>
        <source>Read on</source>
        <translation>往下读</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>批准并发送</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>退回补正</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>不予转办</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Object afterwards</source>
        <translation>补批异议</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Mark a field to correct</source>
        <translation>标记需补正的要素</translation>
    </message>
    <message>
        <source>Desk phone: it rings</source>
        <translation>手工话机：有来电</translation>
    </message>
    <message>
        <source>Desk phone: connected</source>
        <translation>手工话机：已接通</translation>
    </message>
    <message>
        <source>Desk phone: busy</source>
        <translation>手工话机：占线</translation>
    </message>
    <message>
        <source>Desk phone: no answer</source>
        <translation>手工话机：无人接听</translation>
    </message>
    <message>
        <source>Desk phone: cannot be reached</source>
        <translation>手工话机：无法接通</translation>
    </message>
    <message>
        <source>Desk phone: the added party hung up</source>
        <translation>手工话机：对方已挂断</translation>
    </message>
    <message>
        <source>Desk phone: the caller hung up</source>
        <translation>手工话机：市民已挂断</translation>
    </message>
    <message>
        <source>Read: take a refused message off the list</source>
        <translation>已阅：移去被拒的一条</translation>
    </message>
    <message>
        <source>Send again what was held back</source>
        <translation>重发搁置的</translation>
    </message>
    <message>
        <source>Merge into the earlier order</source>
        <translation>并入在前工单</translation>
    </message>
    <message>
        <source>From the search line to what was found</source>
        <translation>从搜索框进入查到的工单</translation>
    </message>
    <message>
        <source>From the first order to the search line</source>
        <translation>从第一条工单回到搜索框</translation>
    </message>
    <message>
        <source>Mark a field further down</source>
        <translation>标记后面的要素</translation>
    </message>
    <message>
        <source>All drafts</source>
        <translation>全部草稿</translation>
    </message>
    <message>
        <source>Correct an answer</source>
        <translation>更正已答问题</translation>
    </message>
    <message>
        <source>Call the duty officer</source>
        <translation>呼叫值班民警</translation>
    </message>
    <message>
        <source>Copy what to hand over</source>
        <translation>复制交接内容</translation>
    </message>
    <message>
        <source>Three-way call: who keeps the matter</source>
        <translation>三方通话：由谁受理</translation>
    </message>
    <message>
        <source>Callers to call back</source>
        <translation>待回拨的来电人</translation>
    </message>
    <message>
        <source>Call back whoever waits longest</source>
        <translation>回拨等得最久的来电人</translation>
    </message>
    <message>
        <source>Swap with whoever is on hold</source>
        <translation>与保持中的来电互换</translation>
    </message>
    <message>
        <source>In the list of callers to call back: give one up</source>
        <translation>待回拨列表：不再回拨所选来电</translation>
    </message>
    <message>
        <source>Urgent linkage by one key</source>
        <translation>紧急联动（一键直呼）</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>Still missing.</source>
        <translation>此项未填。</translation>
    </message>
    <message>
        <source>Too long: {actual} characters, at most {limit}. Nothing was cut off.</source>
        <translation>过长：{actual} 字，最多 {limit} 字。内容未被截断。</translation>
    </message>
    <message>
        <source>Too short.</source>
        <translation>内容过短。</translation>
    </message>
    <message>
        <source>The number is too small.</source>
        <translation>数值过小。</translation>
    </message>
    <message>
        <source>The number is too large.</source>
        <translation>数值过大。</translation>
    </message>
    <message>
        <source>Write a number in figures.</source>
        <translation>请填写阿拉伯数字。</translation>
    </message>
    <message>
        <source>This form is not understood.</source>
        <translation>格式无法识别。</translation>
    </message>
    <message>
        <source>Choose one of the values by its digit.</source>
        <translation>请按数字选择。</translation>
    </message>
    <message>
        <source>There is an invisible character at place {position}.</source>
        <translation>第 {position} 位有不可见字符。</translation>
    </message>
    <message>
        <source>Write the number.</source>
        <translation>请填写号码。</translation>
    </message>
    <message>
        <source>A phone number has no letters.</source>
        <translation>电话号码不能有字母。</translation>
    </message>
    <message>
        <source>A phone number has digits only.</source>
        <translation>电话号码只能是数字。</translation>
    </message>
    <message>
        <source>Write the number without its extension; note that below.</source>
        <translation>请不要写分机号，可另行备注。</translation>
    </message>
    <message>
        <source>The number has {actual} digits, {expected} are needed.</source>
        <translation>号码为 {actual} 位，应为 {expected} 位。</translation>
    </message>
    <message>
        <source>The number has {actual} digits, {expected} are right.</source>
        <translation>号码为 {actual} 位，应为 {expected} 位。</translation>
    </message>
    <message>
        <source>No number begins like this.</source>
        <translation>没有这样开头的号码。</translation>
    </message>
    <message>
        <source>There is no such area code.</source>
        <translation>没有这个区号。</translation>
    </message>
    <message>
        <source>Short numbers are dialled without the area code.</source>
        <translation>短号码不加区号。</translation>
    </message>
    <message>
        <source>There is no such date or time.</source>
        <translation>没有这个日期或时间。</translation>
    </message>
    <message>
        <source>This date is still to come.</source>
        <translation>日期晚于今天。</translation>
    </message>
    <message>
        <source>This date is before 1949.</source>
        <translation>日期早于 1949 年。</translation>
    </message>
    <message>
        <source>This region is not on the list; choose one of the rows.</source>
        <translation>区划不在列表中，请从列表选择。</translation>
    </message>
    <message>
        <source>The field is filled; empty it before saying why it is missing.</source>
        <translation>此项已填写，清空后才能注明缺项原因。</translation>
    </message>
    <message>
        <source>Operator or password is not right. Try again.</source>
        <translation>工号或密码不正确，请重试。</translation>
    </message>
    <message>
        <source>Too many attempts. Wait a minute and try again.</source>
        <translation>尝试次数过多，请一分钟后再试。</translation>
    </message>
    <message>
        <source>This account is closed. Ask the administrator.</source>
        <translation>账号已停用，请联系管理员。</translation>
    </message>
    <message>
        <source>This account may not work in this role.</source>
        <translation>该账号没有此岗位权限。</translation>
    </message>
    <message>
        <source>This account may not do that.</source>
        <translation>该账号没有此权限。</translation>
    </message>
    <message>
        <source>The gateway cannot be reached, and nobody of this name has signed in here during this shift.</source>
        <translation>网关连接不上，且本班内此工号未在本机登录过。</translation>
    </message>
    <message>
        <source>The gateway cannot be reached and the shift&apos;s sign-in has expired.</source>
        <translation>网关连接不上，本班的离线登录已过期。</translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate is not signed by the site&apos;s authority. Do not go on; call support.</source>
        <translation>网关证书不是本单位签发的。请停止操作并联系技术支持。</translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate has expired. Call support.</source>
        <translation>网关证书已过期，请联系技术支持。</translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate belongs to another machine. Do not go on; call support.</source>
        <translation>网关证书与主机不符。请停止操作并联系技术支持。</translation>
    </message>
    <message>
        <source>The records on this computer cannot be opened with its key. Nothing was changed; call support.</source>
        <translation>本机密钥打不开本机记录。未作任何改动，请联系技术支持。</translation>
    </message>
    <message>
        <source>The key of the records is not in the keyring. Nothing was changed; call support.</source>
        <translation>密钥环中没有本机记录的密钥。未作任何改动，请联系技术支持。</translation>
    </message>
    <message>
        <source>The record file is not encrypted and is not opened. Call support; do not delete it.</source>
        <translation>本机记录文件未加密，已拒绝打开。请勿删除，并联系技术支持。</translation>
    </message>
    <message>
        <source>The records were written by a newer version. Start that version; nothing was changed.</source>
        <translation>本机记录由更新的版本写入，请启动该版本。未作任何改动。</translation>
    </message>
    <message>
        <source>The record file is damaged. Start again: it is put aside and rescued, never deleted.</source>
        <translation>本机记录文件已损坏。请重新启动：文件会另存并抢救，不会删除。</translation>
    </message>
    <message>
        <source>The data folder cannot be written. Check its permissions.</source>
        <translation>数据目录不可写，请检查权限。</translation>
    </message>
    <message>
        <source>The disk is full. Your text is still on screen; make room.</source>
        <translation>磁盘已满。文字仍在屏幕上，请清理空间。</translation>
    </message>
    <message>
        <source>The disk refuses to write. Your text is still on screen; call support.</source>
        <translation>磁盘无法写入。文字仍在屏幕上，请联系技术支持。</translation>
    </message>
    <message>
        <source>The workstation already runs with this data folder. Use that window, or another folder.</source>
        <translation>工作台已在使用此数据目录。请用已打开的窗口，或换一个目录。</translation>
    </message>
    <message>
        <source>The keyring that holds this computer&apos;s key is gone. Call support.</source>
        <translation>保存本机密钥的密钥环不见了，请联系技术支持。</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and start again.</source>
        <translation>密钥环已锁定，请解锁后重新启动。</translation>
    </message>
    <message>
        <source>The keyring does not answer. Start again; then call support.</source>
        <translation>密钥环没有响应。请重新启动，仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>The key in the keyring is damaged. Call support.</source>
        <translation>密钥环中的密钥已损坏，请联系技术支持。</translation>
    </message>
    <message>
        <source>This computer has no keyring, and you have not worked on it yet. Somebody who has must sign in first.</source>
        <translation>本机无密钥环，且您未在本机使用过。请由用过本机的人先登录。</translation>
    </message>
    <message>
        <source>Whoever wrote an order may not approve it.</source>
        <translation>经手人不能审批自己的工单。</translation>
    </message>
    <message>
        <source>This draft belongs to somebody else; take it over first.</source>
        <translation>这份草稿属于他人，请先接手。</translation>
    </message>
    <message>
        <source>This form is already closed.</source>
        <translation>本单已办结。</translation>
    </message>
    <message>
        <source>This outcome does not go with the one already chosen.</source>
        <translation>与已选的处理方式不能并用。</translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation>现在不能执行此操作。</translation>
    </message>
    <message>
        <source>The order was changed elsewhere meanwhile; what you see now is the newest.</source>
        <translation>工单已在别处改动，现在显示的是最新内容。</translation>
    </message>
    <message>
        <source>The order has moved on; this can no longer be done.</source>
        <translation>工单已流转，不能再执行此操作。</translation>
    </message>
    <message>
        <source>The gateway did not accept a field; the order is a draft again.</source>
        <translation>网关未接受某项要素，工单已恢复为草稿。</translation>
    </message>
    <message>
        <source>Please sign in again; nothing was lost.</source>
        <translation>请重新登录，内容没有丢失。</translation>
    </message>
    <message>
        <source>The gateway cannot be reached. Your work is kept here.</source>
        <translation>网关连接不上，已在本机保存。</translation>
    </message>
    <message>
        <source>That did not work ({kind}).</source>
        <translation>操作未成功（{kind}）。</translation>
    </message>
    <message>
        <source>Not accepted ({kind}).</source>
        <translation>未被接受（{kind}）。</translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate is not valid yet. Check this computer&apos;s clock; then call support.</source>
        <translation>网关证书尚未生效。请先核对本机时间，仍不行请联系技术支持。</translation>
    </message>
    <message>
        <source>The site&apos;s certificate authority cannot be read. Check the file named in the settings.</source>
        <translation>读不到本单位的证书颁发机构文件。请检查设置中指定的文件。</translation>
    </message>
    <message>
        <source>The gateway does not take this although it takes the rest. It is kept here; send it again.</source>
        <translation>其他都已送达，唯独这一条一直没被接收，已保存在本机，可重发。</translation>
    </message>
    <message>
        <source>The gateway does not know this order; what was written is kept here.</source>
        <translation>服务器上没有这件工单；填写的内容仍保存在本机。</translation>
    </message>
    <message>
        <source>This is too large for the gateway. Shorten it and send again.</source>
        <translation>内容太大，服务器不收。请精简后重新提交。</translation>
    </message>
    <message>
        <source>Too much was sent at once. Send it again.</source>
        <translation>一次发送过多，请重新发送。</translation>
    </message>
    <message>
        <source>The connection broke while sending. Send it again.</source>
        <translation>发送时连接中断，请重新发送。</translation>
    </message>
    <message>
        <source>A newer content of this order took its place; nothing is lost.</source>
        <translation>已由这件工单的新内容代替，没有丢失。</translation>
    </message>
    <message>
        <source>Another account has sent this already.</source>
        <translation>这一条已由其他账号发送过。</translation>
    </message>
    <message>
        <source>This record was written by somebody else.</source>
        <translation>这条记录是别人填写的。</translation>
    </message>
    <message>
        <source>Safety first: F1 and a digit.</source>
        <translation>请先确认安全：按 F1 再按数字。</translation>
    </message>
    <message>
        <source>Danger was reported: send police or link urgently first.</source>
        <translation>已报告危险：请先派警或紧急联动。</translation>
    </message>
    <message>
        <source>The caller does not agree to hand the matter over; choose another outcome.</source>
        <translation>市民不同意转办，请选择其他处理方式。</translation>
    </message>
    <message>
        <source>A gateway on another computer needs an address that begins with https://. Mend the settings.</source>
        <translation>网关在其他电脑上，地址必须以 https:// 开头。请修改设置后重新启动。</translation>
    </message>
    <message>
        <source>Somebody else took this form over meanwhile; mend it from the board.</source>
        <translation>这份表单已被别人接过；请从工单板重新打开补正。</translation>
    </message>
    <message>
        <source>The gateway has no form for this order; the middle of its number names the seat where it was written.</source>
        <translation>网关里没有这张工单的表单；受理号中间一段是写它的席位。</translation>
    </message>
    <message>
        <source>{field}: {sentence}</source>
        <translation>{field}：{sentence}</translation>
    </message>
    <message>
        <source>Seat {seat} is in use at another computer. If it is yours, press Enter again to take it over; otherwise write this computer&apos;s own seat.</source>
        <translation>席位 {seat} 正在另一台电脑上使用。如本机就是该席位，请再按一次回车接管；否则请填写本机自己的席位号。</translation>
    </message>
    <message>
        <source>The record file is another computer&apos;s: {file}. Nothing was changed; call support to put back the right one.</source>
        <translation>本机的记录文件是另一台电脑的：{file}。未作任何改动，请联系技术支持换回本机的文件。</translation>
    </message>
    <message>
        <source>The file that says which key opens the records is damaged: {file}. Another start does not help. Nothing was changed; call support to put the file back.</source>
        <translation>记有本机密钥编号的文件已损坏：{file}。再次启动无济于事。未作任何改动，请联系技术支持换回该文件。</translation>
    </message>
    <message>
        <source>The file with this computer&apos;s key is damaged: {file}. Another start does not help. Nothing was changed; call support to put the file back.</source>
        <translation>本机密钥文件已损坏：{file}。再次启动无济于事。未作任何改动，请联系技术支持换回该文件。</translation>
    </message>
    <message>
        <source>What answers at the gateway&apos;s address is not the gateway. Check the address in the settings and the network; then call support. Your work is kept here.</source>
        <translation>网关地址上应答的不是网关。请核对设置中的地址和网络，再联系技术支持；内容已保存在本机。</translation>
    </message>
    <message>
        <source>Somebody else was in the call: say first who keeps the matter, then the form is closed.</source>
        <translation>有第三方进过通话：先选由谁受理，再办结或派单。</translation>
    </message>
    <message>
        <source>The headset&apos;s buttons may not be used by this account. Whoever runs this computer has to allow it.</source>
        <translation>本账号无权使用耳麦按键，请联系本机管理员开通。</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>The telephone cannot be driven from here at the moment.</source>
        <translation>话务服务正在重新连接。</translation>
    </message>
    <message>
        <source>sign-in over</source>
        <translation>登录已失效</translation>
    </message>
    <message>
        <source>The telephone service no longer accepts this sign-in. Sign in again when nobody is on the line.</source>
        <translation>话务服务不再承认本次登录。手头没有通话时，请重新登录。</translation>
    </message>
    <message>
        <source>signed in offline</source>
        <translation>离线登录</translation>
    </message>
    <message>
        <source>Whoever signed in without the gateway is unknown to the telephone service. Sign in again as soon as the gateway is back.</source>
        <translation>离线登录的人，话务服务无法识别。网关恢复后，请重新登录。</translation>
    </message>
    <message>
        <source>account closed</source>
        <translation>账号已停用</translation>
    </message>
    <message>
        <source>This account is closed. Tell the duty officer and ask the administrator.</source>
        <translation>本账号已停用。请报告值班民警，并联系管理员。</translation>
    </message>
    <message>
        <source>no right to it</source>
        <translation>无接警权限</translation>
    </message>
    <message>
        <source>This account takes no calls. Ask the administrator for the right role.</source>
        <translation>本账号没有接警权限。请联系管理员核对角色。</translation>
    </message>
    <message>
        <source>seat without telephone</source>
        <translation>本席未配话机</translation>
    </message>
    <message>
        <source>No telephone is set up for this seat. Check the seat at the top left; if it is right, call support, else sign in again with the right one.</source>
        <translation>话务服务里没有本席位的话机。请核对左上角的席位号：号对，请联系技术支持；号错，请用正确的席位号重新登录。</translation>
    </message>
    <message>
        <source>seat taken</source>
        <translation>席位被占用</translation>
    </message>
    <message>
        <source>Another computer drives the telephone of this seat. Ask the duty officer who else signed in as this seat; when that one signs out, it comes back here by itself.</source>
        <translation>另一台电脑正在控制本席位的话机。请问值班民警还有谁以本席位登录；对方退出后，这里自动恢复。</translation>
    </message>
    <message>
        <source>exchange lost</source>
        <translation>交换机失联</translation>
    </message>
    <message>
        <source>The telephone service does not reach its exchange; all seats are concerned. Call support; if the telephones are silent too, tell the duty officer at once.</source>
        <translation>话务服务连不上交换机，各席位都一样。请联系技术支持；话机也没有声音的，立即报告值班民警。</translation>
    </message>
    <message>
        <source>sign-in unchecked</source>
        <translation>登录无法核验</translation>
    </message>
    <message>
        <source>The telephone service cannot ask the gateway who you are. Call support; it comes back by itself with the gateway.</source>
        <translation>话务服务无法向网关核验您的登录。请联系技术支持；网关恢复后自动恢复。</translation>
    </message>
    <message>
        <source>certificate wrong</source>
        <translation>证书有误</translation>
    </message>
    <message>
        <source>The telephone service&apos;s certificate is not to be trusted. Check this computer&apos;s clock, then call support; no new sign-in mends it.</source>
        <translation>话务服务的证书不可信。请先核对本机时间，再联系技术支持；重新登录没有用。</translation>
    </message>
    <message>
        <source>wrong address</source>
        <translation>地址有误</translation>
    </message>
    <message>
        <source>What answers at the telephone service&apos;s address is something else. Call support to check address and network.</source>
        <translation>话务服务的地址上应答的不是话务服务。请联系技术支持检查地址设置和网络。</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>连接不上</translation>
    </message>
    <message>
        <source>The telephone service cannot be reached; it is tried again all the time. Ask your neighbours: if only this seat is concerned, check the network cable, else call support.</source>
        <translation>连不上话务服务，正在不断重试。请问问邻座：只有本席这样，请检查网线；都这样，请联系技术支持。</translation>
    </message>
    <message>
        <source>Telephone control lost: use the phone itself</source>
        <translation>话务控制中断，请直接用话机</translation>
    </message>
    <message>
        <source>Telephone control lost (%1): use the phone itself</source>
        <translation>话务控制中断（%1），请直接用话机</translation>
    </message>
    <message>
        <source>%1 Answer and hang up at the telephone itself.</source>
        <translation>%1接听、挂断请直接用话机。</translation>
    </message>
</context>
</TS>
