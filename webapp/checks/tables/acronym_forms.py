"""What French acronyms become: `ACRONYMS[French][language]` are the forms of which one must be there."""

from typing import Final

_ROWS: Final = """
ONU|UN,U.N.,United Nations|ООН,Организаци|유엔,UN,국제연합
OTAN|NATO,Alliance|НАТО,альянс|나토,NATO,북대서양
UE|EU,E.U.,European,bloc,Brussels|ЕС,Евросоюз,Европейск,Евро|EU,유럽
OMS|WHO,World Health|ВОЗ,Всемирн|WHO,세계보건기구,보건기구
OMC|WTO,World Trade|ВТО,Всемирн|WTO,세계무역기구,무역기구
FMI|IMF,Fund|МВФ,фонд|IMF,국제통화기금,통화기금
BCE|ECB,European Central|ЕЦБ,Европейск|ECB,유럽중앙은행,중앙은행
AIEA|IAEA,Atomic|МАГАТЭ|IAEA,국제원자력기구,원자력
PIB|GDP,gross domestic,economy|ВВП,валов,эконом|GDP,국내총생산,경제
TVA|VAT,value added,value-added,sales tax|НДС,добавленн|부가가치세,부가세,VAT
RPDC|DPRK,North Korea|КНДР,Северн|북한,조선,북
OCDE|OECD|ОЭСР|OECD,경제협력개발기구
OPEP|OPEC|ОПЕК|OPEC,석유수출국기구,오펙
ONG|NGO,non-governmental,nongovernmental,group,charit,organi|НПО,НКО,неправительств,организаци,правозащит|비정부기구,NGO,단체,기구
USA|US,U.S.,United States,America|США,Америк,америк|미국,美
GIEC|IPCC|МГЭИК|IPCC,기후변화
UNESCO|UNESCO,Unesco|ЮНЕСКО|유네스코,UNESCO
OSCE|OSCE|ОБСЕ|OSCE,유럽안보협력기구
CPI|ICC,International Criminal,court|МУС,суд|ICC,국제형사재판소,재판소
OIT|ILO,Labour,Labor|МОТ,труд|ILO,국제노동기구,노동기구
"""

ACRONYMS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    french: {"en": tuple(en.split(",")), "ru": tuple(ru.split(",")), "ko": tuple(ko.split(","))}
    for french, en, ru, ko in (row.split("|") for row in _ROWS.strip().splitlines())
}
