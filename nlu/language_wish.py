"""A wish to be answered in another language, and in which: "no Korean please", "영어로 해 줘"."""

from __future__ import annotations

import re

from nlu.language import ENGLISH, KOREAN

_NAMES = {
    ENGLISH: r"(?:\beng(?:li?sh|lis|lsih)?(?![a-z])|영어|영문|잉글리[시쉬])",
    KOREAN: r"(?:\bkor(?:ean|aen|eam)?(?![a-z])|\bhang(?:eu|u)l\b|\bhangu?g(?:eo|uk)\w*\b|한국어|한국말|한글|우리말)",
}
_OTHERS = (
    r"(?:\b(?:chinese|mandarin|cantonese|vietnamese|thai|russian|uzbek|mongolian|japanese|indonesian|filipino|tagalog|khmer"
    r"|cambodian|nepal(?:i|ese)|burmese|myanmar|bengali|urdu|hindi|sinhala|lao|kazakh|kyrgyz|spanish|french|arabic|turkish"
    r"|german|persian|farsi|ukrainian|portuguese|italian|tamil|pashto|tajik)\b"
    r"|(?:중국|베트남|태국|타이|러시아|우즈베?[크키벡]?|우즈벡|우즈베키스탄|몽골|일본|인도네시아|필리핀|[따타]갈로그|캄보디아|크메르|네팔|미얀마|벵골|방글라데시|우르두"
    r"|힌디|싱할라|스리랑카|라오스?|카자흐|키르기스|스페인|프랑스|아랍|터키|튀르키예|독일|이란|페르시아|우크라이나|포르투갈|이탈리아|타밀)\s?(?:어|말|언어|글)"
    r"|불어|노어|베트남(?=으?로\s*(?:해|말|답|번역))"
    r"|中文|汉语|漢語|日本語|русск\w*|tiếng việt|ภาษาไทย)"
)
"""Languages that people of the city speak and that are not answered in."""
_FOREIGN = re.compile(
    r"[\u0400-\u04ff\u0e00-\u0e7f\u0600-\u06ff\u0900-\u09ff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]"
)
"""Cyrillic, Thai, Arabic, Devanagari, Bengali, Burmese, Khmer, kana, Chinese characters."""
_FOR_OTHERS = re.compile(
    r"['\"“‘]\w.*['\"”’]|\btranslat\w+ (?:my|a|an|this letter)\b|\b(?:letter|essay|homework|resume|cv|email)\b"
    r"|편지|숙제|이력서|번역해\s?줄",
    re.I,
)
"""Words or papers of somebody's own to be put into a language, which is no wish for our answers."""
_LETTER = re.compile(r"[^\W\d_]")
_ANY = "|".join(_NAMES.values())
_REFUSED = {
    language: re.compile(
        r"\b(?:don'?t|do not|doesn'?t|does not|can'?t|cannot|can not|couldn'?t|not|no|isn'?t|stop|bad at|poor at)\b"
        rf"(?:(?!{_ANY})[^,.;]){{0,25}}{name}"
        rf"|{name}(?: is| was|'s)?(?: too| so| very| really)? (?:hard|difficult|bad|poor|not)\b"
        rf"|{name}(?:는|은|를|을|도|가|이)?\s*(?:말고|그만|못|안\s|잘\s*(?:못|몰|모)|모르|몰라|이해\s*(?:못|안)|어려|빼고|싫)",
        re.I,
    )
    for language, name in _NAMES.items()
}
_OTHER = re.compile(_OTHERS, re.I)
_ANSWER_IN = re.compile(
    rf"\b(?:in|into|speaks?|also|need|only) {_OTHERS}(?!\s+(?:\w+\s)?(?:restaurants?|food|shops?|market|school|town))"
    rf"|{_OTHERS}\s?(?:으?로|도|가|는|는요|를)?\s?(?:\S+\s){{0,2}}(?:해|답|줘|주|부탁|되|돼|가능|번역|통역|안내|써|말해|바꿔|서비스|없)",
    re.I,
)
"""Where such a language stands as the one to be answered in."""
_NAMED = {language: re.compile(name, re.I) for language, name in _NAMES.items()}
_ANSWERS = {
    language: re.compile(
        rf"\b(?:in|into|to|use[ds]?|using|want|need|speak|write) (?:the |some |an? )?{name}"
        rf"|{name}\W{{0,2}}(?:으?로|\b(?:instead|version|mode|please|pls|plz|yes|language)\b|버전|모드|도\s?[되돼]|부탁|써\b|써줘)",
        re.I,
    )
    for language, name in _NAMES.items()
}
"""Where a language is named as the one to be answered in, whatever is said beside it."""
FEW = {ENGLISH: 4, KOREAN: 2}
"""Letters that may be left of a wish in each writing."""
_FILLING = re.compile(
    r"[\W_]|영어|영문|한국어|한글|한국말|우리말|english|korean|hangul|으?로|바꿔|바꾸|변경|전환|설정|말씀?|대화|얘기|이야기"
    r"|대답|답변?|응답|안내|설명|언어|부탁|가능|할래|하자|해|줘|주세요|줄래|요|좀|다시|못|몰라|모르|이해|읽|보여|번역|통역|버전|모드"
    r"|잉글리[시쉬]|플리[즈스]|외국인|이?라서|알아|써|국문|국어|외국인|이에|드립|드려|드릴|니다|바꾸고|싶|돌아가|돌려|선택|알려|볼래|볼게|실래|세|이제|수|하고|어려워|어렵|나오게|기|까|나|가|어|아|편하?|할|줄|은|는|을|를|만|말고|그만|계속|나|저|제가|우리|저희|친구|있|없|지|니|안"
    r"|\b(?:pl[sz]|plz|please|can|could|would|will|do|does|did|are|is|am|was|be|you|u|we|i|m|re|s|t|ll|d|my|me|us|our|it|this"
    r"|that|the|a|an|any|some|in|into|to|from|of|on|for|with|only|just|rather|better|more|instead|again|also|too|here|now|so"
    r"|then|and|but|not|no|if|possible|possibly|available|have|has|got|there|give|show|tell|say|write|read|type|text|speak|speek"
    r"|talk|chat|answer|reply|respond|explain|translate|translation|switch|change|turn|set|go|carry|continue|keep|start|use"
    r"|want|wanna|prefer|need|like|love|try|version|mode|option|language|lang|easier|back|let|lets|rather|sorry|dont|cant|isnt"
    r"|understand|know|bad|good|well|poor|foreigner|tourist|eng|kor|hi|hello|hey|ok|okay|thanks|how|about|everything|every(?:one)?"
    r"|replies|answers?|follow|ask|asking|questions?|hard|difficult|mind|don|doesn|couldn|father|mother|husband|wife|mom|dad|friend|settings?|swich|reads?)\b",
    re.I,
)
"""Words of a wish for a language; what is left of a message says whether it wishes for anything else."""


def is_only_a_wish(text: str) -> bool:
    """Whether a message that wishes for a language wishes for nothing else ("write my letter in English" does)."""
    left = _FILLING.sub("", re.sub(_ANY, "", text, flags=re.I))
    return len(left) <= FEW[ENGLISH if left.isascii() else KOREAN]


def asks_to_be_answered_in(text: str, language: str) -> bool:
    """Whether a message asks for answers in this language, though it tells more than that ("my mother reads this")."""
    return _ANSWERS[language].search(text) is not None and not _FOR_OTHERS.search(text)


def wishes_another(text: str) -> bool:
    """Whether a message asks for a language that is not answered in, and for nothing else, or is written in one."""
    letters, foreign = len(_LETTER.findall(text)), len(_FOREIGN.findall(text))
    if foreign >= 2 and 2 * foreign > letters:
        return True
    left, named = _OTHER.subn("", text)
    return named > 0 and (is_only_a_wish(left) or _ANSWER_IN.search(text) is not None)


def wished_language(text: str) -> str | None:
    """The language that is asked for, by its name or by refusing the other one; None when neither is clear."""
    named = {language for language, pattern in _NAMED.items() if pattern.search(text)}
    refused = {language for language in named if _REFUSED[language].search(text)}
    if len(named - refused) == 1:
        return next(iter(named - refused))
    if len(refused) == 1 and named == refused:
        return KOREAN if refused == {ENGLISH} else ENGLISH
    return None
