"""In which language somebody is written to."""

from babel.languages import get_official_languages


def language_for(said: str, country: str, languages: tuple[str, ...]) -> str:
    """The language that a file says of a purchaser, else one of the country's, else the first; of
    those that the recall has."""
    base = said.replace("_", "-").partition("-")[0].casefold()
    if base in languages:
        return base
    spoken = get_official_languages(country, regional=True, de_facto=True) if country else ()
    return next((each for each in spoken if each in languages), languages[0])
