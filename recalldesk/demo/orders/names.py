"""Names for people who are made up, and the short forms that they go by."""

GIVEN = {
    "Robert": "Bob",
    "Elizabeth": "Liz",
    "William": "Bill",
    "Margaret": "Peggy",
    "Katherine": "Kate",
    "Michael": "Mike",
    "Jennifer": "Jen",
    "Thomas": "Tom",
    "Patricia": "Pat",
    "Richard": "Rick",
    "Susan": "Sue",
    "Daniel": "Dan",
    "Rebecca": "Becky",
    "Francisco": "Paco",
    "Theodore": "Ted",
    "Deborah": "Debbie",
    "Aurora": "",
    "Zoë": "",
    "Ingmar": "",
    "Noor": "",
    "Teodora": "",
    "Wendel": "",
}
FAMILY_STARTS = ("Exampl", "Madeup", "Sampl", "Testw", "Fictar", "Inventad", "Demow", "Placeh")
FAMILY_ENDS = (
    "er",
    "son",
    "ley",
    "ick",
    "o",
    "inger",
    "icz",
    "old",
    "ström",
    "ez",
    "ini",
    "-Ficta",
)
TOWNS = (
    ("Exampleton", "CA"),
    ("Sampleville", "TX"),
    ("Madeup Falls", "NY"),
    ("Fictional Springs", "CO"),
    ("Port Invented", "WA"),
    ("Demo City", "IL"),
)
ABROAD = (("Exemplaire", "QC", "CA"), ("Ejemplo", "JAL", "MX"))
STREETS = ("Example Street", "Example Avenue", "Sample Road", "Made-up Lane", "Fiction Court")
AREA_CODES = tuple(code for code in range(201, 990) if code // 10 % 10 != 9 and code % 100 != 11)
MAIL_HOSTS = ("example.com", "example.org", "example.net")
