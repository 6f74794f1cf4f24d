"""The column matcher against the headers of the published datasets."""

from __future__ import annotations

import pytest

from knowledge.importing.columns import header_score, match, normalised, spellings

# header of a dataset -> the fields it must give, and the columns that are left unused on purpose
HEADERS = {
    "combined list": (
        "MNG_SN, REARE_NM, RONA_DADDR, LAT, LOT, SHLT_SE_CD, SHLT_SE_NM",
        {"key": "MNG_SN", "name": "REARE_NM", "address_road": "RONA_DADDR", "lat": "LAT", "lon": "LOT",
         "kind_code": "SHLT_SE_CD", "kind_name": "SHLT_SE_NM"},
        set(),
    ),
    "civil defence, DMS": (
        "SGG_CD, SE_CD, FCLT_CD, FCLT_NM, FCLT_DSGN_DAY, FCLT_SE_CD, EMD_CD, EMD_NM, FCLT_ADDR_LOTNO, FCLT_SCL, SCL_UNIT, "
        "FCLT_ADDR_RONA, LOT_PROVIN, LOT_MIN, LOT_SEC, LAT_PROVIN, LAT_MIN, LAT_SEC, GRND_UDGD_SE, SHNT_PSBLTY_NOPE, "
        "OPN_YN, MNG_INST_NM, ORTM_UTLZ_TYPE, MNG_INST_TELNO, ROAD_NM_CD",
        {"key": "FCLT_CD", "name": "FCLT_NM", "address_lot": "FCLT_ADDR_LOTNO", "address_road": "FCLT_ADDR_RONA",
         "lat_d": "LAT_PROVIN", "lat_m": "LAT_MIN", "lat_s": "LAT_SEC", "lon_d": "LOT_PROVIN", "lon_m": "LOT_MIN",
         "lon_s": "LOT_SEC", "capacity": "SHNT_PSBLTY_NOPE", "area": "FCLT_SCL", "area_unit": "SCL_UNIT",
         "open": "OPN_YN", "phone": "MNG_INST_TELNO", "dong": "EMD_NM", "district_code": "SGG_CD",
         "designated": "FCLT_DSGN_DAY", "level": "GRND_UDGD_SE"},
        {"EMD_CD", "ROAD_NM_CD"},
    ),
    "cold shelters": (
        "reare_fclt_no, fclt_type, reare_nm, daddr, rona_daddr, utztn_psblty_tnop, mdfcn_hr, rmrk, wkdy_oper_bgng_hr, "
        "wkdy_oper_end_hr, sndy_oper_bgng_hr, sndy_oper_end_hr, stdy_oper_bgng_hr, stdy_oper_end_hr, lhldy_oper_bgng_hr, "
        "lhldy_oper_end_hr, lot, lat, fclty_sclas, yr, inpt_hr",
        {"key": "reare_fclt_no", "type": "fclt_type", "name": "reare_nm", "address_lot": "daddr",
         "address_road": "rona_daddr", "capacity": "utztn_psblty_tnop", "updated": "mdfcn_hr", "lon": "lot", "lat": "lat",
         "weekday_from": "wkdy_oper_bgng_hr", "sunday_to": "sndy_oper_end_hr", "year": "yr"},
        {"rmrk", "inpt_hr"},
    ),
    "heat shelters": (
        "RSTR_FCLTY_NO, YEAR, ARCD, FCLTY_TY, RSTR_NM, DTL_ADRES, RN_DTL_ADRES, AR, USE_PSBL_NMPR, COLR_HOLD_ELEFN, "
        "COLR_HOLD_ARCNDTN, CHCK_MATTER_NIGHT_OPN_AT, CHCK_MATTER_WKEND_HDAY_OPN_AT, CHCK_MATTER_STAYNG_PSBL_AT, "
        "INPT_TIME, MODF_TIME, RM, MNGDPT_CD, XCORD, YCORD, LO, LA, DTL_POSITION, WKDAY_OPER_BEGIN_TIME, "
        "WKDAY_OPER_END_TIME, WKEND_HDAY_OPER_BEGIN_TIME, WKEND_HDAY_OPER_END_TIME, FCLTY_SCLAS, USE_AT, OPER_BEGIN_DE, "
        "OPER_END_DE",
        {"key": "RSTR_FCLTY_NO", "district_code": "ARCD", "name": "RSTR_NM", "address_lot": "DTL_ADRES",
         "address_road": "RN_DTL_ADRES", "area": "AR", "capacity": "USE_PSBL_NMPR", "x": "XCORD", "y": "YCORD",
         "lon": "LO", "lat": "LA", "used": "USE_AT", "updated": "MODF_TIME", "season_begins": "OPER_BEGIN_DE"},
        {"INPT_TIME", "RM", "MNGDPT_CD"},
    ),
    "earthquake sites": (
        "VT_ACMDFCLTY_NM, RN_DTL_ADRES, EQK_ACMDFCLTY_ADRES, ARCD, LA, LO, FCLTY_AR, VT_ACMD_PSBL_NMPR, ACMDFCLTY_SN, TELNO",
        {"name": "VT_ACMDFCLTY_NM", "address_road": "RN_DTL_ADRES", "address_lot": "EQK_ACMDFCLTY_ADRES",
         "district_code": "ARCD", "lat": "LA", "lon": "LO", "area": "FCLTY_AR", "capacity": "VT_ACMD_PSBL_NMPR",
         "serial": "ACMDFCLTY_SN", "phone": "TELNO"},
        set(),
    ),
    "tsunami sites": (
        "SHNT_PLACE_NM, SHNT_PLACE_DTL_POSITION, RN_DTL_ADRES, PSBL_NMPR, LA, LO, EV_ANTCTY, USE_AT, ARCD, "
        "ERTHQK_SHUNT_AT, SHNT_PLACE_TY_CD",
        {"name": "SHNT_PLACE_NM", "address_lot": "SHNT_PLACE_DTL_POSITION", "capacity": "PSBL_NMPR",
         "height_m": "EV_ANTCTY", "used": "USE_AT", "also_earthquake_site": "ERTHQK_SHUNT_AT"},
        set(),
    ),
    "earthquake shelters 00706": (
        "SHLT_NM, ADDR, CTPV_NM, ACTC_PSBLTY_TNOP, LAT, LOT, SHLT_TYPE, DEL_YN",
        {"name": "SHLT_NM", "address": "ADDR", "province": "CTPV_NM", "capacity": "ACTC_PSBLTY_TNOP", "deleted": "DEL_YN"},
        set(),
    ),
    "temporary housing": (
        "VT_ACMDFCLTY_NM, RN_DTL_ADDR, LA, LO, FCLTY_AR, VT_ACMD_PSBL_NMPR",
        {"name": "VT_ACMDFCLTY_NM", "address_road": "RN_DTL_ADDR"},
        set(),
    ),
    "relief facilities": (
        "DSSTR_ACTC_FCLT_NM, RONA_DADDR, DADDR, STDG_CD, RGN_CD, DSSTR_ACTC_PSBLTY_TNOP, LAT, LOT, UDGD_YN, DEL_YN",
        {"name": "DSSTR_ACTC_FCLT_NM", "address_road": "RONA_DADDR", "address_lot": "DADDR", "legal_dong_code": "STDG_CD",
         "capacity": "DSSTR_ACTC_PSBLTY_TNOP", "level": "UDGD_YN"},
        set(),
    ),
    "risk districts": (
        "DST_RSK_DSTRCT_MNG_NO, DST_RSK_DSTRCT_NM, DST_RSK_DSTRCT_GRD_CD, DST_RSK_DSTRCT_TYPE_CD, "
        "DST_RSK_DSTRCT_DTL_TYPE_CD, DST_RSK_DSTRCT_RGN_CD, DST_RSK_DSTRCTCD, FCLT_NM, STDG_CD, DADDR, RONA_DADDR, "
        "DSGN_YMD, DSGN_RSN, DSGN_AREA, RMV_YMD, HAB_NOHO, HAB_NOPE, DAM_HSTRY_IDX, DAM_HR_RNFL",
        {"key": "DST_RSK_DSTRCT_MNG_NO", "name": ("DST_RSK_DSTRCT_NM", "FCLT_NM"), "grade": "DST_RSK_DSTRCT_GRD_CD",
         "type": "DST_RSK_DSTRCT_TYPE_CD", "designated": "DSGN_YMD", "removed": "RMV_YMD", "area": "DSGN_AREA"},
        {"DST_RSK_DSTRCTCD", "HAB_NOHO", "HAB_NOPE", "DAM_HSTRY_IDX", "DAM_HR_RNFL"},
    ),
    "flood marks": (
        "SN, FLDN_DOWA, FLDN_GRD, FLDN_AREA, FLDN_YR, FLDN_DST_NM, FLDN_CS_DTL_NM, FLDN_BGNG_YMD, STDG_CTPV_CD, "
        "STDG_SGG_CD, GEOM",
        {"row_number": "SN", "depth": "FLDN_DOWA", "grade": "FLDN_GRD", "area": "FLDN_AREA", "year": "FLDN_YR",
         "name": "FLDN_DST_NM", "began": "FLDN_BGNG_YMD", "geometry": "GEOM", "district_code": "STDG_SGG_CD"},
        {"STDG_CTPV_CD"},
    ),
    "civil defence, localdata file": (
        "개방자치단체코드, 관리번호, 지정일자, 해제일자, 운영상태, 시설명, 시설구분, 도로명전체주소, 소재지전체주소, 도로명우편번호, 시설위치(지상/지하), "
        "시설면적(㎡), 최대수용인원, 최종수정시점, 데이터갱신구분, 데이터갱신시점, 위도(도), 위도(분), 위도(초), 경도(도), 경도(분), 경도(초), "
        "위도(EPSG4326), 경도(EPSG4326), 좌표정보X(EPSG5179), 좌표정보Y(EPSG5179)",
        {"district_code": "개방자치단체코드", "key": "관리번호", "designated": "지정일자", "removed": "해제일자", "status": "운영상태",
         "name": "시설명", "address_road": "도로명전체주소", "address_lot": "소재지전체주소", "level": "시설위치(지상/지하)",
         "area": "시설면적(㎡)", "capacity": "최대수용인원", "lat_d": "위도(도)", "lat_m": "위도(분)", "lat_s": "위도(초)",
         "lon_d": "경도(도)", "lon_m": "경도(분)", "lon_s": "경도(초)", "lat": "위도(EPSG4326)", "lon": "경도(EPSG4326)",
         "x": "좌표정보X(EPSG5179)", "y": "좌표정보Y(EPSG5179)"},
        {"도로명우편번호", "데이터갱신구분"},
    ),
    "civil defence, interface": (
        "MNG_NO, FCLT_NM, FCLT_SE, OPER_STTS, ROAD_NM_WHOL_ADDR, LCTN_WHOL_ADDR, LAT_EPSG4326, LOT_EPST4326, "
        "CRD_INFO_X_EPSG5179, CRD_INFO_Y_EPSG5179, LAT_DEGR, LAT_MINT, LAT_SEC, LOT_DEGR, LOT_MINT, LOT_SEC, "
        "MAX_ACTC_PERNE, FCLT_AREA, FCLTLOC_GRND_UDGD, DSGN_YMD, RMV_YMD, OPN_ATMY_GRP_CD, DAT_UPDT_PNT, LAST_MDFCN_PNT",
        {"key": "MNG_NO", "status": "OPER_STTS", "lat": "LAT_EPSG4326", "lon": "LOT_EPST4326",
         "x": "CRD_INFO_X_EPSG5179", "y": "CRD_INFO_Y_EPSG5179", "lat_d": "LAT_DEGR", "lat_m": "LAT_MINT",
         "lat_s": "LAT_SEC", "lon_d": "LOT_DEGR", "lon_m": "LOT_MINT", "lon_s": "LOT_SEC", "removed": "RMV_YMD"},
        set(),
    ),
    "heat shelters, standard": (
        "SHLTR_NM, SHLTR_TYPE, RDNMADR, LNMADR, ACEPTNC_POSBL_CO, LATITUDE, LONGITUDE, REFERENCE_DATE",
        {"name": "SHLTR_NM", "address_road": "RDNMADR", "address_lot": "LNMADR", "capacity": "ACEPTNC_POSBL_CO",
         "lat": "LATITUDE", "lon": "LONGITUDE", "as_of": "REFERENCE_DATE"},
        set(),
    ),
    "heat shelters, a city": (
        "쉼터명(칭), 소재지도로명주소, 지번주소, 쉼터유형, 면적, 동시이용가능인원수, 선풍기보유수, 에어컨보유수, 야간개방여부, 휴일개방여부, 운영시작일, "
        "운영종료일, 위도, 경도",
        {"name": "쉼터명(칭)", "address_road": "소재지도로명주소", "capacity": "동시이용가능인원수", "fans": "선풍기보유수",
         "open_at_night": "야간개방여부", "lat": "위도", "lon": "경도"},
        set(),
    ),
    "tsunami, standard": (
        "SHELTER_NM, SHELTER_SE, ACEPTNC_CO, RDNMADR, LNMADR, LATITUDE, LONGITUDE, REFERENCE_DATE",
        {"name": "SHELTER_NM", "capacity": "ACEPTNC_CO"},
        set(),
    ),
    "earthquake sites, old": (
        "arcd, acmdfclty_sn, ctprvn_nm, sgg_nm, vt_acmdfclty_nm, rdnmadr_cd, bdong_cd, hdong_cd, dtl_adres, fclty_ar, "
        "xcord, ycord, mngps_nm, mngps_telno, rn_adres, acmdfclty_se_nm",
        {"name": "vt_acmdfclty_nm", "x": "xcord", "y": "ycord", "serial": "acmdfclty_sn", "district": "sgg_nm",
         "address_lot": "dtl_adres", "address_road": "rn_adres", "area": "fclty_ar"},
        {"rdnmadr_cd", "hdong_cd"},
    ),
    "safekorea tables": (
        "rstrNm, rnDtlAdres, adres, usePsblNmpr, fcltyTy, useAt, modfTime, vtAcmdfcltyNm, vtAcmdPsblNmpr, "
        "acmdfcltySeNm, lastModfDt, lo, la, xcord, ycord",
        {"name": ("rstrNm", "vtAcmdfcltyNm"), "address_road": "rnDtlAdres", "address_lot": "adres", "used": "useAt",
         "lon": "lo", "lat": "la", "updated": ("modfTime", "lastModfDt")},
        set(),
    ),
    "safekorea shelters": (
        "VT_ACMD_FCLTY_NM, ACMD_FCLTY_SE_CD, VT_ACMD_PSBL_NMPR, FCLTY_AR, ERTHQK_SHUNT_AT, DTL_ADRES, TEL_NO, LO, LA, ARCD, "
        "USE_SE_CD",
        {"name": "VT_ACMD_FCLTY_NM", "phone": "TEL_NO", "type": "ACMD_FCLTY_SE_CD"},
        {"USE_SE_CD"},
    ),
    "steep slopes": (
        "관리번호, 급경사지명, 시행청명, 관리주체구분코드, 소관부서명, 시도, 시군구, 읍면동, 상세주소, 도로명상세주소, 산주소여부, 주지번, 부지번, "
        "GIS좌표시점위도도, GIS좌표시점위도분, GIS좌표시점위도초, GIS좌표시점경도도, GIS좌표시점경도분, GIS좌표시점경도초, GIS좌표종점위도도, "
        "GIS좌표종점위도분, GIS좌표종점위도초, GIS좌표종점경도도, GIS좌표종점경도분, GIS좌표종점경도초, 급경사지일제조사이력번호, 일제조사일자, "
        "붕괴위험지구번호, 붕괴위험지구명, 붕괴위험지구지정여부, 붕괴위험지구지정일자, 정비사업년도, 정비사업유형코드, 안전점검일련번호, 안전점검일자, "
        "안전점검결과코드, 재해위험도평가일련번호, 재해위험도평가일자, 재해위험도평가등급코드, 재해위험도평가점수합계, 재해위험도평가종류코드",
        {"key": "관리번호", "name": "급경사지명", "province": "시도", "district": "시군구", "dong": "읍면동",
         "lat_d": "GIS좌표시점위도도", "lon_s": "GIS좌표시점경도초", "end_lat_d": "GIS좌표종점위도도",
         "end_lon_s": "GIS좌표종점경도초", "inspected": "안전점검일자", "inspection_result": "안전점검결과코드",
         "grade": "재해위험도평가등급코드", "designated": "붕괴위험지구지정일자"},
        {"관리주체구분코드", "소관부서명", "산주소여부", "주지번", "부지번", "급경사지일제조사이력번호", "일제조사일자", "붕괴위험지구번호", "붕괴위험지구명",
         "정비사업년도", "정비사업유형코드", "안전점검일련번호", "재해위험도평가일련번호", "재해위험도평가일자", "재해위험도평가점수합계",
         "재해위험도평가종류코드"},
    ),
    "AED": (
        "serialSeq, sido, gugun, org, buildAddress, buildPlace, clerkTel, manager, managerTel, mfg, model, wgs84Lat, "
        "wgs84Lon, zipcode1, zipcode2, monSttTme, monEndTme, sunSttTme, sunEndTme, holSttTme, holEndTme, sunFrtYon",
        {"key": "serialSeq", "province": "sido", "district": "gugun", "name": "org", "address": "buildAddress",
         "detail": "buildPlace", "lat": "wgs84Lat", "lon": "wgs84Lon", "sunday_to": "sunEndTme"},
        {"zipcode1", "zipcode2", "sunFrtYon"},
    ),
    "chemical shelters": (
        "대피장소명, 세부위치명, 수용인원, 도로명주소, 위도, 경도, 관리기관전화번호, 관리기관명",
        {"name": "대피장소명", "detail": "세부위치명", "capacity": "수용인원", "phone": "관리기관전화번호"},
        set(),
    ),
    "icy roads": (
        "관리청, 대표지역, 도로(노선)명, 기점 위도, 기점 경도, 종점 위도, 종점 경도",
        {"name": "도로(노선)명", "lat": "기점 위도", "lon": "기점 경도", "end_lat": "종점 위도", "end_lon": "종점 경도"},
        set(),
    ),
    "accident hotspots": (
        "afos_fid, afos_id, bjd_cd, spot_cd, sido_sgg_nm, spot_nm, occrrnc_cnt, caslt_cnt, dth_dnv_cnt, se_dnv_cnt, "
        "sl_dnv_cnt, wnd_dnv_cnt, la_crd, lo_crd, geom_json",
        {"key": "afos_fid", "zone": "sido_sgg_nm", "name": "spot_nm", "lat": "la_crd", "lon": "lo_crd",
         "accidents": "occrrnc_cnt", "deaths": "dth_dnv_cnt"},
        {"afos_id", "spot_cd", "geom_json"},
    ),
    "facility safety": (
        "seCd, fcltyCd, fcltyNm, lnmadr, latitude, longitude",
        {"type": "seCd", "key": "fcltyCd", "name": "fcltyNm", "address_lot": "lnmadr"},
        set(),
    ),
    "119 centres": (
        "순번, 시도본부, 소방서명, 119안전센터명, 주소, 전화번호, 팩스번호",
        {"name": "119안전센터명", "address": "주소", "phone": "전화번호", "row_number": "순번"},
        {"팩스번호"},
    ),
    "steep slopes, local": (
        "명칭, 주소, 위도, 경도, 등급, 용도, 구조, 유형, 관리기관",
        {"name": "명칭", "address": "주소", "grade": "등급", "type": "유형", "authority": "관리기관"},
        {"용도", "구조"},
    ),
    "landslides": (
        "일련번호, 지정일시, 위험등급, 붕괴위험종류, 지구명, 법정동코드, 상세주소, 위험등급코드, 고시일자, 면적",
        {"row_number": "일련번호", "designated": ("지정일시", "고시일자"), "grade": ("위험등급", "위험등급코드"), "name": "지구명",
         "legal_dong_code": "법정동코드", "address_lot": "상세주소", "area": "면적", "type": "붕괴위험종류"},
        set(),
    ),
    "stations": ("역이름, y, x", {"name": "역이름", "y": "y", "x": "x"}, set()),
    "police": ("시도청, 경찰서, 관서명, 구분, 주소", {"name": "관서명", "address": "주소"}, {"시도청", "경찰서"}),
    "hydrants, standard": (
        "fcltyNo, fcltySeNm, ctprvnNm, signguNm, rdnmadr, lnmadr, latitude, longitude",
        {"key": "fcltyNo", "type": "fcltySeNm", "district": "signguNm"},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("dataset", HEADERS)
def test_every_published_spelling_is_known(dataset):
    header, fields, unused = HEADERS[dataset]
    found = match([column.strip() for column in header.split(",")])
    expected = {name: of if isinstance(of, tuple) else (of,) for name, of in fields.items()}
    assert {name: found.fields.get(name) for name in expected} == expected
    assert set(found.unused) == unused


def test_columns_of_persons_are_known_as_such_in_any_spelling():
    columns = ["clerkTel", "manager", "managerTel", "mngps_nm", "MNGPS_TELNO", "담당자", "담당자 연락처", "관리 책임자", "대표자명"]
    assert match(columns).personal == tuple(columns)
    assert not match(columns).fields


def test_the_managing_office_is_no_person():
    assert match(["관리기관명", "MNG_INST_TELNO"]).personal == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("시설면적(㎡)", "시설 면적_m2"),
        ("최대수용인원_명", "최대 수용 인원(명)"),
        ("LAT_EPSG4326", "latEpsg4326"),
        ("쉼터명(칭)", "쉼터명칭"),
        ("ＬＡＴ", "lat"),
    ],
)
def test_spellings_are_compared_without_what_they_differ_in(one, other):
    assert normalised(one) == normalised(other)


def test_minutes_are_no_latitude():
    assert "lat" not in match(["LAT_M", "LAT_MIN"]).fields


def test_no_spelling_belongs_to_two_fields():
    import yaml

    from knowledge.importing import columns

    data = yaml.safe_load(columns._SPELLINGS.read_text("utf-8"))
    owners: dict[str, set[str]] = {}
    for field, names in (data["fields"] | data["extra"]).items():
        for name in names:
            owners.setdefault(normalised(str(name)), set()).add(field)
    assert {name: of for name, of in owners.items() if len(of) > 1} == {}
    assert not [name for name in owners if spellings().is_personal(name)]


def test_a_line_with_numbers_is_no_header():
    assert header_score(["위치명", "위도", "경도"]) == 3
    assert header_score(["위도초등학교", "37.1", "127.1"]) == 0
    assert header_score(["감골시민홀", "경기도 안산시", ""]) == 0
