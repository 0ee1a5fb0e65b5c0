"""What subtitles and web pages leave in translations: stage directions in brackets, credits, calls to subscribe."""

from typing import Final

STAGE_DIRECTIONS: Final = """
    music applause laughter laughs cheering silence sighs inaudible музыка аплодисменты смех 음악 박수 웃음 박수갈채
    """
CREDITS: Final = """
    subtitles?_by subtitles?_downloaded sync(?:ed)?_(?:and|&)_corrected_by amara\\.org thanks?_(?:you_)?for_watching
    субтитры_(?:сделал|создал|подготов)~ редактор_субтитров продолжение_следует 자막_제공 자막_제작 자막[:：] 한글자막
    구독과_좋아요 시청해_?주셔서_감사합니다
    """
