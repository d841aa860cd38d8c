"""Large cities after which no time zone is named, with the zone that they use. People type the name of their city."""

_ZONES = {
    "Africa/Casablanca": "rabat marrakesh",
    "Africa/Dar_es_Salaam": "dodoma",
    "Africa/Johannesburg": "pretoria cape_town durban",
    "Africa/Lagos": "abuja kano",
    "America/Chicago": "houston dallas austin",
    "America/New_York": "washington boston philadelphia atlanta miami",
    "America/Los_Angeles": "san_francisco seattle san_diego",
    "America/Sao_Paulo": "brasilia rio_de_janeiro",
    "America/Toronto": "ottawa quebec",
    "America/Vancouver": "victoria",
    "America/Guayaquil": "quito",
    "Asia/Dubai": "abu_dhabi sharjah",
    "Asia/Ho_Chi_Minh": "hanoi da_nang",
    "Asia/Jerusalem": "haifa",
    "Asia/Karachi": "islamabad lahore",
    "Asia/Kolkata": "delhi new_delhi mumbai chennai bangalore hyderabad",
    "Asia/Kuala_Lumpur": "putrajaya",
    "Asia/Riyadh": "jeddah mecca medina",
    "Asia/Seoul": "busan incheon daegu sejong",
    "Asia/Shanghai": "beijing guangzhou shenzhen tianjin wuhan chengdu hangzhou nanjing xian chongqing",
    "Asia/Taipei": "kaohsiung taichung",
    "Asia/Tokyo": "osaka kyoto nagoya yokohama sapporo fukuoka",
    "Asia/Yangon": "naypyidaw mandalay",
    "Australia/Sydney": "canberra",
    "Europe/Berlin": "munich hamburg frankfurt cologne bonn",
    "Europe/Istanbul": "ankara izmir",
    "Europe/London": "edinburgh manchester cardiff",
    "Europe/Madrid": "barcelona valencia",
    "Europe/Paris": "lyon marseille",
    "Europe/Rome": "milan naples",
    "Europe/Zurich": "bern geneva basel",
    "Pacific/Auckland": "wellington",
}

# The zone of each city, by the name of the city in small letters, with underscores as in the names of zones.
CITIES = {city: zone for zone, cities in _ZONES.items() for city in cities.split()}
