"""What a heading, or a property of a feature, says of its column, by many usual names."""

from collections.abc import Mapping

from recalldesk.units.importing.heading_names import heading_key

NAMES: Mapping[str, str] = {
    "outside_id": "id siteid locationid facilityid objectid number sitenumber nr idsitio osmid",
    "name": "name sitename site facility facilityname location locationname title place "
    "organization organisation nombre sitio centro bezeichnung",
    "kind": "kind type sitetype facilitytype category tipo clase art",
    "address": "address address1 streetaddress street addressline1 addr line1 addrfull addrstreet "
    "direccion calle domicilio adresse strasse",
    "house_number": "housenumber addrhousenumber hausnummer",
    "address_more": "address2 addressline2 line2 suite unit",
    "city": "city town municipality addrcity ciudad localidad municipio ort stadt",
    "region": "state region province stateprovince st addrstate estado provincia bundesland",
    "postal_code": "zip zipcode postalcode postcode postal plz zip5 addrpostcode codigopostal cp",
    "country": "country countrycode addrcountry pais land",
    "phone": "phone phonenumber telephone tel telephonenumber contactphone telefono telefon",
    "hours": "hours openinghours open hoursofoperation openingtimes times horario horarios "
    "offnungszeiten oeffnungszeiten",
    "residents_only": "residentsonly residents onlyresidents residentonly residency "
    "solovecinos soloresidentes residentes",
    "takes": "takes takesrecalledlithiumion takesrecalledlithium takesrecalled takesrecalledunits "
    "takesrecalledbatteries accepts acceptsrecalled acceptsrecalledlithiumion acepta "
    "aceptaretiradas",
    "checked_on": "checkedon checked lastchecked lastcheckedon verifiedon verified dateverified "
    "checkdate revisadoel fecha",
    "checked_by": "checkedby verifiedby bywhom revisadopor",
    "latitude": "latitude lat y latitud breite",
    "longitude": "longitude lon lng long x longitud lange laenge",
}
"""The headings that are known, by our names, without case, accents, spaces and signs."""
BY_HEADING = {heading: name for name, headings in NAMES.items() for heading in headings.split()}


def field_named(heading: str) -> str | None:
    """The field that a heading stands for."""
    return BY_HEADING.get(heading_key(heading))
