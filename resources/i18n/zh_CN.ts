<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
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
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>%1 reads on; approving waits for the end of the order</source>
        <translation>按 %1 往下读，读完全文后才能批准</translation>
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
    <name>MissedCalls</name>
    <message>
        <source>Missed calls</source>
        <translation>未接来电</translation>
    </message>
    <message>
        <source>No missed calls.</source>
        <translation>没有未接来电。</translation>
    </message>
    <message>
        <source>rang %1</source>
        <translation>振铃 %1</translation>
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
        <source>1-9 marks a field to correct</source>
        <translation>1–9 标记需补正的要素</translation>
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
        <translation>接着问</translation>
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
        <source>No keyring here</source>
        <translation>本机无密钥环</translation>
    </message>
    <message>
        <source>Unsent %1</source>
        <translation>待发 %1</translation>
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
        <source>Chosen</source>
        <translation>已选定</translation>
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
        <source>Back; text is never lost</source>
        <translation>返回（不会丢失文字）</translation>
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
        <translation>关闭提示、静音</translation>
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
        <translation>示闲或示忙</translation>
    </message>
    <message>
        <source>Missed calls</source>
        <translation>未接来电</translation>
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
        <translation>拒绝提供</translation>
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
        <source>Merge</source>
        <translation>并单</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>听录音</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Object afterwards</source>
        <translation>事后否决</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Mark a field to correct</source>
        <translation>标记需补正的要素</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>Still missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too long: {actual} characters, at most {limit}. Nothing was cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number is too small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a number in figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This form is not understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the values by its digit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an invisible character at place {position}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A phone number has no letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A phone number has digits only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the number without its extension; note that below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number has {actual} digits, {expected} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number has {actual} digits, {expected} are right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No number begins like this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such area code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short numbers are dialled without the area code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such date or time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This date is still to come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This date is before 1949.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This region is not on the list; choose one of the rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The field is filled; empty it before saying why it is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operator or password is not right. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many attempts. Wait a minute and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account is closed. Ask the administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account may not work in this role.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account may not do that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway cannot be reached, and nobody of this name has signed in here during this shift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway cannot be reached and the shift&apos;s sign-in has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate is not signed by the site&apos;s authority. Do not go on; call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate has expired. Call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway&apos;s certificate belongs to another machine. Do not go on; call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records on this computer cannot be opened with its key. Nothing was changed; call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of the records is not in the keyring. Nothing was changed; call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record file is not encrypted and is not opened. Call support; do not delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records were written by a newer version. Start that version; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record file is damaged. Start again: it is put aside and rescued, never deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data folder cannot be written. Check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. Your text is still on screen; make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk refuses to write. Your text is still on screen; call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workstation already runs with this data folder. Use that window, or another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring that holds this computer&apos;s key is gone. Call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring does not answer. Start again; then call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key in the keyring is damaged. Call support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring, and you have not worked on it yet. Somebody who has must sign in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever wrote an order may not approve it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This draft belongs to somebody else; take it over first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This form is already closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This outcome does not go with the one already chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order was changed elsewhere meanwhile; what you see now is the newest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order has moved on; this can no longer be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway did not accept a field; the order is a draft again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please sign in again; nothing was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway cannot be reached. Your work is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not accepted ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
