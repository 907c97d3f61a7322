"""Words of web interfaces, by what they belong to: data for the line rules.

All in cue form (simplified, half-width, lower case) and without spaces. A line counts as interface when such words and
figures make up nearly all of it, so single common words may stand here. `PLAIN` words count only outside the body
(before its first or behind its last sentence); `SURE` ones anywhere when they fill a whole line.
"""

from __future__ import annotations

__all__ = ["PLAIN", "SURE"]

PLAIN: dict[str, str] = {
    "navigation": """
        首页 主页 网站首页 返回首页 回首页 回到首页 新闻 资讯 要闻 国内 国际 国内新闻 国际新闻 社会 军事 财经 金融 股票 基金 理财 科技 数码 互联网 汽车 房产
        家居 教育 健康 娱乐 明星 体育 时尚 旅游 文化 历史 读书 小说 游戏 动漫 视频 直播 图片 图库 图集 专题 专栏 博客 论坛 社区 问答 商城 购物 彩票 公益
        政务 生活 美食 星座 育儿 女性 情感 百科 地图 天气 邮箱 导航 更多 更多栏目 全部 频道 频道首页 手机版 电脑版 触屏版 移动版 客户端 手机客户端
        移动客户端 app下载 下载app 登录 登陆 注册 登录注册 免费注册 立即注册 立即登录 用户登录 会员登录 退出 退出登录 个人中心 我的收藏 消息 设置 搜索 搜一搜
        热搜 站内搜索 全站搜索 高级搜索 输入关键词 请输入关键词 请输入关键字 网站地图 导读 滚动 观察 评论频道 产经 产业 公司 商业 创业 投资 快讯 会员登入 登入 会员中心 网站导览 电子报 订阅电子报 回上一页 回前页 回列表 杂志 影音 即时 焦点 排行 热门 推荐
        精选 最新 简体 繁体 简体中文 繁体中文 english 中文 语言 菜单 展开 收起 打开菜单 风闻 观察员 佛学 佛教 国学 酒业 百态 攻略 手游 资料
        home news about aboutus contact contactus login signin signup register subscribe search menu world business technology science health
        sports arts books style food travel magazine opinion video videos podcasts skiptocontent skiptomaincontent more
    """,
    "form": """
        用户名 密码 验证码 自动登录 下次自动登录 找回密码 忘记密码 记住我 用户名/邮箱 手机号 获取验证码 登录状态 立即注册 没有账号 使用第三方登录 一键登录 扫码登录 微信登录
        qq登录 使用qq登录 username password rememberme forgotpassword forgotyourpassword
    """,
    "share": """
        分享 分享到 分享至 分享给好友 分享到微信 分享到微博 分享到朋友圈 微信分享 一键分享 转发 收藏 收藏本文 收藏文章 微信 微博 新浪微博 腾讯微博 qq qq好友 qq空间
        人人网 新浪qing 开心网 豆瓣 朋友圈 微信朋友圈 微信好友 微信扫一扫 扫一扫 二维码 百度贴吧 linkedin facebook twitter line whatsapp telegram pinterest reddit
        email weibo wechat 复制链接 生成海报 点赞 赞 顶 踩 打赏 赞赏 支持 喜欢 有用 没用 在看 关注 已关注 加关注 取消关注 粉丝 订阅 私信 举报 投诉 反馈 讚 加入好友 加入line好友 粉丝团 加入粉丝团 分享至facebook 分享至line 分享给朋友 追踪 追踪我们 line分享 脸书
        share sharethis shareon sharethisarticle sharethispost sharethisstory tweet pin print save copylink followus like likethis
    """,
    "page-chrome": """
        字号 字级 点阅 点阅数 友善列印 列印 转寄 放大字级 缩小字级 字体 字体大小 文字大小 大 中 小 超大 大号 中号 小号 a- a+ 缩小字体 放大字体 缩小 放大 打印 打印本页 打印本文 关闭 关闭窗口 关闭本页 返回 返回顶部
        回顶部 回到顶部 顶部 顶端 top 返回列表 返回上一页 上一页 下一页 上一篇 下一篇 上一条 下一条 尾页 末页 没有了 返回栏目 纠错 我要纠错 我要反馈 我要投稿 投稿
        阅读 阅读量 阅读数 阅读时间 阅读次数 浏览 浏览量 浏览次数 浏览数 访问量 点击 点击量 点击数 点击次数 人气 热度 次阅读 次浏览 人阅读 人浏览 字数 字
        人参与 条 次 人 篇 文章数 文章 作品 总阅读 获赞 加载中 正在加载 加载更多 点击加载更多 查看更多 查看全部 展开全文 阅读全文 全文 全部楼层 刷新 换一换
        不感兴趣 标签 关键词 关键字 分类 栏目 所属栏目 属于 归档 目录 正文 内容 详情 帖子 贴子 主题 广告 推广 赞助 广告位 广告投放 商务合作 刚刚 分钟前
        小时前 天前 昨天 今天 前天 个月前 图 确认 取消 确定 提交 提示 关闭提示 原创 转载 首发 热门标签 文章标签 来源网络 发布 发布者 编辑 用户 反馈 意见反馈
        您有未读新闻 点击查看 没有更多了 已经到底了 到底了 我是有底线的 系统通知 minread minutesread views comments tags filedunder postedin category
        categories advertisement advertisements sponsored ads previous next previouspost nextpost backtotop readmore loadmore showmore
        published updated lastupdated close
    """,
    "forum": """
        积分 金币 金钱 威望 贡献 魅力 经验 等级 头衔 帖子数 精华数 精华 主题数 好友 听众 注册时间 最后登录 在线时间 阅读权限 只看他 只看她 只看该作者 只看楼主 楼主
        层主 沙发 板凳 地板 倒序浏览 正序浏览 显示全部楼层 电梯直达 跳转到指定楼层 本楼 楼 发表于 回复 引用 快速回复 高级回复 高级模式 回复本楼 使用道具 道具
        评分 发消息 加好友 加为好友 发短消息 串个门 打招呼 发新帖 发帖 发表帖子 返回列表 论坛元老 新手上路 初级会员 中级会员 高级会员 注册会员 金牌会员 管理员
        版主 超级版主 论坛版主 置顶 加精 设为精华 被设为精华 积分加 金币加 加 ctrl+enter直接提交帖子
        ctrl+enter 直接提交帖子 ctrl+enter快速发布 论坛币 主题帖 回帖 查看 楼层 复制代码 本主题 最后由 编辑 签名 个人签名 个性签名 本帖最后由
        您需要登录后才可以回帖 回帖后跳转到最后一页 发表回复 本版积分规则 下载附件 上传 ip
    """,
    "comments": """
        评论 条评论 我要评论 发表评论 写评论 说点什么 全部评论 最新评论 最热评论 热门评论 精彩评论 网友评论 用户评论 查看评论 查看全部评论 查看更多评论 暂无评论 评论区
        跟帖 跟帖管理 登录后参与互动 登录后评论 表情 加粗 匿名 匿名发表 匿名评论 昵称 邮箱 网址 查看回复 写下你的评论 还没有人评论 抢沙发 最热 最早 最新 文明上网理性发言
        文明上网不传谣言登录评论 查看 comment leaveacomment leaveareply postcomment reply replies addacomment nocommentsyet
    """,
    "legal": """
        关于我们 联络我们 隐私权政策 隐私权声明 隐私权 着作权声明 著作权声明 服务专线 客服信箱 广告刊登 联系我们 联系方式 网站简介 公司简介 加入我们 人才招聘 诚聘英才 招聘信息 广告服务 法律声明 免责声明 版权声明 版权所有 版权信息 隐私政策 隐私保护 隐私声明
        服务条款 使用条款 用户协议 服务协议 网站声明 网站地图 网站律师 友情链接 合作伙伴 意见反馈 帮助中心 帮助 客服 客服中心 客服热线 侵权投诉 投诉 举报 举报电话 举报邮箱
        违法和不良信息举报电话 违法和不良信息举报 不良信息举报 中国互联网举报中心 跟帖评论自律管理承诺书 网络文化经营许可证 增值电信业务经营许可证 信息网络传播视听节目许可证
        互联网新闻信息服务许可证 营业执照 京公网安备 公网安备 icp证 icp备 icp许可证 icp经营许可证 未经授权 请勿转载 不得转载 严禁转载 电话 传真 地址 邮编 站长统计
        技术支持 主办单位 承办 主管 通行证注册 产品答疑 设为首页 加入收藏 rss
        copyright allrightsreserved privacypolicy privacy terms termsofuse termsofservice cookiepolicy cookiesettings poweredby powerby
        dedecms discuz! discuz phpwind wordpress theme acceptall acceptcookies acceptallcookies rejectall managecookies managepreferences gotit iagree
        织梦科技 comsenzinc. comsenzinc
    """,
    "related": """
        相关焦点 相关阅读 相关文章 相关新闻 相关推荐 相关内容 相关资讯 相关报道 相关链接 相关主题 相关搜索 推荐阅读 推荐文章 推荐新闻 为您推荐 为你推荐 猜你喜欢 延伸阅读
        热门文章 热门推荐 热门阅读 热点新闻 热文推荐 热门资讯 最新文章 最新资讯 阅读排行 阅读排行榜 点击排行 点击排行榜 评论排行榜 排行榜 本周热门 今日热点 编辑推荐
        精彩推荐 精选推荐 往期推荐 往期回顾 往期精彩 往期精选 精彩回顾 更多精彩 更多精彩内容 更多文章 更多阅读 更多推荐 大家都在看 大家还在看 还没看够 你可能还喜欢 你可能也喜欢 您可能也喜欢 您可能也会喜欢 你也许会喜欢 看更多 看更多文章 更多新闻 热门新闻 即时新闻 相关书籍 推荐给你 编辑精选
        你可能感兴趣 你可能喜欢 您可能感兴趣的文章 您可能感兴趣 感兴趣的文章 看了又看 下一篇 上一篇 小编最近文章 作者其他文章 作者最新文章 该作者的其他文章 他的最新文章
        推荐新闻 图片故事 精彩组图 组图 图文推荐 图文资讯 今日推荐 今日头条 文章导航 文章推荐 好文推荐 近期文章 随机文章 站长推荐 频道推荐 热门标签 推荐中 更多专业报道
        app精彩推荐 热播 热门视频 推荐视频 相关视频 相关专题 相关帖子 相关标签 相似文章 被以下专题收入发现更多相似内容 被以下专题收入 发现更多相似内容
        更多相关内容 本类最新 本栏目热点 栏目热点 本类推荐
        relatedarticles relatedposts relatedstories relatedcontent relatednews relatedlinks relatedreading recommended recommendedforyou
        recommendedreading youmayalsolike youmightalsolike youmayalsobeinterestedin morestories morefrom mostpopular mostread trending
        trendingnow popularposts recentposts latestnews latestposts readnext upnext editorspicks moreonthistopic seealsothese
    """,
}

SURE: dict[str, str] = {
    "share": """
        点击上方蓝字关注我们 点击上方蓝字关注 点击蓝字关注我们 点击蓝字关注 点击上方蓝色字关注我们 点击上方蓝色字体关注我们 点击上方关注 点击上方蓝字 点击上方 蓝字 关注我们 关注公众号
        点击上方名片关注我们 点击下方名片关注我们 点击上方卡片关注 点击下方卡片关注 点击关注 欢迎关注我们的公众号 长按二维码关注我们 长按二维码关注 长按识别二维码关注 长按识别二维码
        长按识别二维码关注我们 长按识别 长按关注 长按图片识别二维码 长按扫码关注 识别二维码关注 识别图中二维码 扫描二维码关注 扫码关注 扫码关注我们 扫一扫关注我们
        微信扫一扫关注该公众号 微信扫一扫 关注该公众号 微信扫码关注 使用小程序 阅读原文 点击阅读原文 点击左下角阅读原文 戳阅读原文 点个在看 点个赞 点赞在看 在看 点亮在看
        分享点赞在看 分享收藏点赞在看 喜欢就点个在看吧 觉得好看请点这里 好看就点在看 给个三连 一键三连 星标 设为星标 加星标 把我们设为星标 轻触阅读原文 预览时标签不可点
        收录于合集 收录于话题 内容合集 继续滑动看下一个 向上滑动看下一个 向上滑动看下一篇 滑动查看更多 打开app 打开app阅读全文 打开app查看全文 打开app阅读更多精彩内容 打开app查看更多精彩内容
        下载app阅读全文 在app内打开 用微信扫描二维码 分享到朋友圈 用微信扫描二维码分享至好友和朋友圈 用微信扫码二维码 分享至好友和朋友圈 点击展开全文
        返回搜狐查看更多 返回搜狐 查看更多 特别声明 平台声明 阅读( 本文由 下载客户端
        clicktoshare sharethis sharethisarticle signupforournewsletter subscribetoournewsletter followusontwitter followusonfacebook
    """,
    "page-chrome": """
        点击加载图片 图片加载中 点击查看大图 点击查看原图 查看原图 此处插入图片 此处为视频 视频加载中 您的浏览器不支持video标签 您的浏览器不支持html5视频 请使用浏览器的分享功能
        advertisement scrolltocontinue articlecontinuesbelow storycontinuesbelowadvertisement
    """,
    "forum": """
        只看该作者 只看他 电梯直达 跳转到指定楼层 倒序浏览 使用道具 发表于 您需要登录后才可以回帖 本版积分规则 回帖后跳转到最后一页 ctrl+enter直接提交帖子 发短消息 加为好友
        显示全部楼层
    """,
}
