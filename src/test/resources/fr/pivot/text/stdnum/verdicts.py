"""Writes verdicts.bin: what python-stdnum says of the numbers that StdnumVerdictsTest makes too.

Run it with Debian's python3-stdnum: /usr/bin/python3 verdicts.py. It prints the digest of the numbers.
The file has 2 x 12,500 bytes: a bit a number, the lowest of each byte first; SIREN, then SIRET.
"""

import hashlib
import pathlib

from stdnum import luhn
from stdnum.fr import siren, siret

COUNT = 100_000
LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
DIGITS = '0123456789'
LA_POSTE = '356000000'


class Dice:
    """Knuth's linear congruential generator of MMIX; its low bits are not used."""

    def __init__(self, seed):
        self.state = seed

    def next(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def digits(self, count):
        return ''.join(DIGITS[self.next(10)] for _ in range(count))


def proven(digits):
    return digits + luhn.calc_check_digit(digits)


def sound(dice):
    kind = dice.next(8)
    if kind < 3:
        return proven(dice.digits(8))
    if kind < 6:
        return proven(proven(dice.digits(8)) + dice.digits(4))
    if kind == 6:
        return LA_POSTE + dice.digits(5)
    office = dice.next(16)
    return '35600000000048' if office == 0 else proven(LA_POSTE + dice.digits(4))


def damaged(number, dice):
    kind = dice.next(6)
    place = dice.next(len(number) - 1)
    if kind < 2:
        return number
    if kind == 2:
        changed = DIGITS[(int(number[place]) + 1 + dice.next(9)) % 10]
        return number[:place] + changed + number[place + 1:]
    if kind == 3:
        return number[:place] + number[place + 1] + number[place] + number[place + 2:]
    if kind == 4:
        if dice.next(2) == 0:
            return number[:place] + number[place + 1:]
        return number[:place] + DIGITS[dice.next(10)] + number[place:]
    return number[:place] + LETTERS[dice.next(len(LETTERS))] + number[place + 1:]


def bits(verdicts):
    return bytes(
        sum(verdict << bit for bit, verdict in enumerate(verdicts[start:start + 8]))
        for start in range(0, len(verdicts), 8))


dice = Dice(2026)
numbers = [damaged(sound(dice), dice) for _ in range(COUNT)]
of_siren = [siren.is_valid(number) for number in numbers]
of_siret = [siret.is_valid(number) for number in numbers]
pathlib.Path(__file__).with_name('verdicts.bin').write_bytes(bits(of_siren) + bits(of_siret))
print(hashlib.sha256('\n'.join(numbers).encode('ascii')).hexdigest())
print(sum(of_siren), 'SIREN and', sum(of_siret), 'SIRET are valid')
