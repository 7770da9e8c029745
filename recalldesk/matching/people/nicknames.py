"""Short forms of given names, and names that are no slip of one another.

Source: common knowledge of short forms in English and Spanish, written down for this product; no
list of anybody else is copied. Guarantee: each stands as
`name_words` has it.
"""

from collections.abc import Mapping

from recalldesk.foundation.normal_forms.words import name_words

_SHORT = """
abigail abby abbie gail; alexander alex al alec sandy sasha; alexandra alex sandy lexi sasha
alexa; alfred al fred alf; albert al bert bertie; allison ally ali; amanda mandy; andrew andy
drew; angela angie angel; anthony tony ant; antonio tony tono; arthur art artie; barbara barb babs
barbie; benjamin ben benny benji; bernard bernie; beverly bev; bradley brad; cameron cam; caroline
carrie carol caro; carolyn carrie carol lyn; catherine cathy cat kate katie kathy kitty; charles
charlie chuck chas chaz; charlotte charlie lottie char; christina chris tina christy; christine
chris tina chrissy christy; christopher chris kit topher; clifford cliff; cynthia cindy; daniel
dan danny; david dave davey; deborah deb debbie debra; dennis denny; dominic dom nick; donald don
donnie donny; dorothy dot dottie dolly; douglas doug; edward ed eddie ned ted teddy; eduardo edu
lalo; eleanor ellie nell nora; elizabeth beth betsy betty eliza liz lizzie lisa libby bess elsie
liza; emily em emmy millie; eugene gene; florence flo; frances fran frannie; francis frank fran;
francisco paco pancho frank; franklin frank; frederick fred freddie freddy rick; gabriel gabe;
gabriela gaby; geoffrey geoff jeff; george georgie; gerald gerry jerry; gregory greg; guadalupe
lupe lupita; harold harry hal; harry hank; helen nell; henry harry hank hal; ignacio nacho;
isabella bella izzy isa; isabel bella izzy isa chabela; jacob jake; jacqueline jackie; james jim
jimmy jamie jem; janet jan; jason jay; jeffrey jeff; jennifer jen jenny jenn; jeremy jerry;
jessica jess jessie; jesus chuy; john jack johnny jon; jonathan jon jonny; jose pepe; joseph joe
joey jo; josephine jo josie; joshua josh; juan juanito; judith judy jude; julia julie jules;
katherine kate katie kathy kat kitty kay; kathleen kathy kate katie kath; kathryn kathy katie kate
kath; kenneth ken kenny; kimberly kim; kristina kris tina kristy; larry; laurence larry laurie;
lawrence larry laurie; leonard len lenny leo; leslie les; lillian lily lil; linda lindy; louis lou
louie; louise lou; luis lucho; madeline maddie; manuel manny manolo; marcus marc; margaret maggie
meg peggy peg marge margie greta rita daisy; maria mari; martha marty; martin marty; matthew matt
matty; maximilian max; megan meg; melissa mel missy lissa; michael mike mickey mick mikey;
michelle shelly; miguel mike; miriam mimi; mitchell mitch; nancy nan; natalie nat; nathan nate
nat; nathaniel nate nat nathan; nicholas nick nicky nico; nicole nikki nicky; oliver ollie; olivia
liv livvy; pamela pam; patricia pat patty tricia trish patsy; patrick pat paddy; peter pete;
philip phil; phillip phil; rachel rae; raymond ray; rebecca becky becca; reginald reg reggie;
richard rick rich dick ricky richie; robert bob rob bobby robbie bert; roberto beto; roger rog;
ronald ron ronnie; rosemary rose rosie; russell russ rusty; samantha sam sammie; samuel sam sammy;
sandra sandy; sarah sally sadie; sebastian seb bas; sophia sophie; stanley stan; stephanie steph
stevie; stephen steve stevie; steven steve stevie; susan sue susie suzy; suzanne sue suzy; sylvia
syl; teresa terry tess; terence terry; theodore ted theo teddy; theresa terry tess tracy; thomas
tom tommy; timothy tim timmy; valerie val; veronica ronnie vero; victor vic; victoria vicky tori
vic; vincent vince vinnie; virginia ginny ginger; walter walt wally; wendy; wilhelm willi; william
bill will billy willie liam; yvonne vonnie; zachary zach zack;
"""
_OTHERS = """
aaron adam adrian agnes aiden alan alice alicia amber amy ana andrea andreas ann anna anne annie
april ashley audrey austin ava barry beatrice bella bianca blake brandon brenda brian brittany
bruce bryan carl carla carlos carmen carole cecilia chad chelsea cheryl chloe christian claire clara
clara claudia colin connie craig crystal curtis dale danielle daniela darren dean denise derek diana
diane diego donna doris duncan dylan edith edwin elaine elena ella ellen elena emma eric erica erik
erin ernest esther ethan eva evan eve evelyn felix fernando frances gail gary gavin gina glen gloria
gordon grace grant greta hannah harvey hazel heather hector hugh ian ida irene iris ivan jack jade
jane janice jasmine javier jay jean jeanne jill joan joanna joanne jodie jordan jorge joy joyce
juana juanita judith julian juliana justin karen karl karla keith kelly kevin kyle lara laura lauren
leah lee leo leon liam lena lisa logan lori lorraine lucas lucia lucy luke lydia lynn marc marco
marcia margarita marian marianne marie marilyn marina mario marion marisa mark marta mary mason
maureen maya megan melanie mia mila milan mildred molly monica morgan naomi neil nina noah noel
nora norma norman oscar owen pablo pat paul paula pauline pedro penny peter phyllis rafael ralph
ramon raul ricardo rita roberta robin rosa rose roy ruth ryan sabrina sally sara sean sergio seth
shannon sharon shaun shawn sheila shirley simon simone sofia sonia stacy stella stuart susanna tanya
tara tiffany todd tony tracy travis trevor troy tyler ursula vanessa vera vivian warren wayne wendy
wesley yolanda zoe
"""


def _forms(text: str) -> list[str]:
    """Names as they are compared: Michael is michal."""
    return [name_words(word)[0] for word in text.split()]


def _groups() -> list[list[str]]:
    return [words for group in _SHORT.split(";") if (words := _forms(group))]


def _formal_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for formal, *shorts in _groups():
        for short in shorts:
            found.setdefault(short, set()).add(formal)
    return {short: frozenset(formals) for short, formals in found.items()}


FORMAL_NAMES: Mapping[str, frozenset[str]] = _formal_names()
"""What a name may be short for; not of itself."""
KNOWN_NAMES: frozenset[str] = frozenset(
    [word for group in _groups() for word in group] + _forms(_OTHERS)
)
"""Two of these are two names, however like they look: Maria is no slip of Mario."""
