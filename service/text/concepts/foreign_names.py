"""Foreign names in Chinese and Japanese text, where no space and no capital shows where they are.

Words are cut as for signatures, which takes names apart, or several for one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from service.text.tokens import pieces_of

# Chinese writes foreign names with a few hundred characters; a run of three of these is one.
_SOUNDING = (
    "阿埃艾爱安奥巴白拜班邦保鲍贝本比彼别宾波伯勃博布查茨茶达代戴丹当道德登邓迪蒂丁东杜多厄恩尔法凡范菲费芬丰夫弗福"
    "盖甘冈高戈哥格根贡古瓜圭哈海汉豪赫黑亨洪侯胡华怀惠霍基吉加贾简姜杰金津久喀卡凯坎康考柯科可克肯孔库夸奎昆拉莱赖兰"
    "朗劳勒雷蕾黎里理利丽莉连廉良列烈林琳隆卢鲁路吕伦罗洛马玛麦迈曼芒毛梅门蒙米密明缪姆木穆纳娜奈南内尼妮宁纽农努诺"
    "欧帕派潘庞佩彭蓬皮平泼珀普齐奇恰乔琴琼丘让日茹儒瑞若撒萨塞赛桑瑟森沙莎山尚绍舍申圣施史舒斯丝苏索塔泰坦汤唐陶特腾提"
    "廷图托脱瓦万旺威韦维魏温文翁沃乌武伍西希锡夏香肖谢欣辛休许雪雅亚延扬杨耶叶伊宜因英尤于约泽扎詹哲珍芝朱兹佐"
)
RUN = re.compile(rf"[ァ-ヺー]{{2,}}|[{_SOUNDING}]{{3,}}")
"""A foreign name as it is written."""


def _chinese_pieces(word: str, tokens: Sequence[str]) -> Iterable[str]:
    """The tokens of text without spaces, but each foreign name in one."""
    if RUN.search(word) is None:
        return tokens
    return _cut_at_names(word)


def _cut_at_names(word: str) -> Iterable[str]:
    begin = 0
    for run in RUN.finditer(word):
        if run.start() > begin:
            yield from pieces_of(word[begin : run.start()], "zh")
        yield run[0]
        begin = run.end()
    if begin < len(word):
        yield from pieces_of(word[begin:], "zh")


def _japanese_pieces(word: str, tokens: Sequence[str]) -> Iterable[str]:
    """The tokens of text without spaces, but the parts of a foreign name each for itself."""
    if _BETWEEN_NAMES not in word:
        return tokens
    return [part for token in tokens for part in token.split(_BETWEEN_NAMES) if part]


_BETWEEN_NAMES = "・"
Pieces = Callable[[str, Sequence[str]], Iterable[str]]

PIECES: Mapping[str, Pieces] = {"zh": _chinese_pieces, "ja": _japanese_pieces}
"""By language: returns the words of text without spaces, of the text and of its tokens."""
