"""The words by which feedback is compared: what tells nothing, what is the same, and what is the opposite."""

FILLER = """
a about all also always an and any anymore are as at be been being but by can could did do does each either
every for from had has have having he her his how i id if in into inside is it its just kindly like love lots
lot many may me might more much must my now of off on one only or other our ours out own please pls plz really
same shall should so some that the their them then there they this those through to too up us use used using
very via was way we were what when whenever where which while who whole will with within would you your weve
were youre need needs needed want wants wanted wish 1 than thanks thank hello hi hey get gets got let lets
still several multiple because great nice cool awesome helpful useful ideally currently actually simply easily quickly
maybe sometimes finally super quite urgent urgently annoying again today going seem seems possibility ability
whether hope wondering check asked asking begs begged begging said says told
bitte der die das den dem des ein eine einen einem einer und oder wir uns ich für mit im am von zu zum zur als brauchen
le la les un une des du de d l en et ou au aux nous je pour avec merci svp par dans format
el los las una y o con para por favor del al il lo gli e per che di het een van voor met graag o os as um uma com
من فضلك في الى على و عن לו את של עם בבקשה על
"""
"""Words that say nothing of what is wanted, in the languages most people write in."""
WEAK = """
able add allow app available come enable feature fix function give happen have help keep know look make miss
offer option possible provide support take thing set list field page size go put place kind type specific
"""
"""Words that are part of nearly any wish: that one says them and the other does not tells little."""
BARE = """
ask call customer client request user company team people thing somebody anybody word come go
"""
"""Words that tell something of a wish, and are no reason by themselves to take one for another."""
AGAINST = """
no not never without cant cannot dont doesnt didnt wont isnt arent wasnt shouldnt mustnt couldnt havent hasnt
nobody none nothing neither nor stop stops nicht nie kein keine keinen ohne ne pas sans jamais nunca sin
ningún não sem לא בלי لا بدون
"""
"""Words that turn a wish into its opposite."""
SAME = """
yearly annual
monthly
somebody someone
anybody anyone
color colour
synchronise sync synch synchronisation
photo picture foto image
show display see view
allow permit let
delete remove erase
different another other
remind reminder
large big huge
larger bigger
small little
nearly almost
vanish disappear
charge bill
automatically auto automatic
include incl contain
start begin
end finish
quick fast
repair fix
crash break
error bug
buy purchase
wrong incorrect
customer client
employee staff
arrive come
reply answer respond response
"""
"""What people in this trade say for one another, one line each."""
KINDS = """
import export sync
open close reopen
upgrade downgrade
upload download preview
login logout signup
lock unlock
enable disable
activate disable
add delete
create delete
edit delete
copy delete move
archive delete restore
merge split
assign unassign
show hide
start end finish
send receive
increase decrease
high low
higher lower
large small
larger smaller
big small
bigger smaller
long short
fast slow
more less fewer
old new
first last
early late
public private
internal external
active inactive
incoming outgoing
dark light
read write comment
before after during
over under
above below
left right
rtl ltr
next last
minimum maximum
today yesterday tomorrow
second minute hour day week month quarter year
seconds minutes hours days weeks months years
hourly daily weekly monthly quarterly yearly
monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december
admin owner manager member guest viewer editor
android ios iphone ipad windows mac linux desktop mobile tablet web
chrome firefox safari edge
csv pdf excel json xml word powerpoint html
google microsoft apple okta azure slack
german french spanish portuguese italian dutch polish arabic hebrew japanese chinese korean turkish english
euro dollar pound franc yen
once twice thrice
always never
email sms push
"""
"""A line holds words of which one said for another makes another wish, however much else is the same."""
TURNS = """
before after outside under over above below between behind beside down back
admin administrator owner manager guest viewer editor supervisor
"""
"""Directions and roles: when only one of two says it, they mean another place, time or person."""
CALLED = """
login = log in, sign in, signing in, logging in, logged in, log ins, sign ins, signin, logon, log on
logout = log out, sign out, logged out, logging out
sso = single sign on, single signon
only = nothing else, not only, nothing but, no other
2fa = two factor authentication, 2 factor authentication, mfa, multi factor authentication, two factor, 2 factor
email = e mail, e mails, mail, mails, mailed
sms = text message, text messages
pr = pull request, pull requests, prs, merge request
disable = switch off, turn off, turned off, deactivate
activate = switch on, turn on, turned on
daily = every day, each day
weekly = every week, each week
monthly = every month, each month
yearly = every year, each year
people = persons
microsoft teams = ms teams
rtl = right to left
ltr = left to right
not = can not, is not, does not, do not
not see = hide, hides, hidden, hiding
not include = exclude
- = how to, would like to see, would love to see
- = like to see, love to see, id love to, id like to, id like, wed like, wed love, im, asap
- = on the call, on a call, in the call, in a call, on our call, in our call, call with
- = their words not mine, her words not mine, his words not mine
- = asked for, asks for, ask for, asking for, asked again for, asks again for, asking again for, keeps asking for
- = asked if, asks if, asking if, asked me if, asked us if, asked again if, asked me again if, asked us again if
- = a customer asks for it, a customer asked for it, customers ask for it, customers asked for it
- = complained about, complains about, complaining about, is requesting, are requesting, has requested, have requested
guest = guest account, guest accounts, guest user, guest users
home page = homepage
documentation = docs
configuration = config
2 = two, zwei, deux, dos
3 = three, drei, trois, tres
4 = four
5 = five
6 = six
7 = seven
8 = eight
9 = nine
10 = ten
not allow = block, prevent, forbid, deny, refuse, disallow
see = seen, saw
send = sent
pay = paid
keep = kept
go = went, gone, goes
return = come back, comes back, came back, coming back
find = found
lose = lost
build = built
break = broke, broken
write = written, wrote
choose = chosen
freeze = froze, frozen
make = made
outdated = out of date
not outdated = up to date
half = half of
and = as well as
many = so many, a lot of
forever = for good, permanently
bulk = at once, in one go, in one step, in bulk, all together
"""
"""A name = what else people call it; `-` for what is no part of a wish."""
ENDINGS = """
ierungen ification ication ierung ieren iern iert ungen ung ify ation ating ated ally ing ion ied ate ly ed ment
"""
"""Endings a word's stem is without, the longer before what they end in."""
