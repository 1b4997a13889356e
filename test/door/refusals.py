def test(count): pass
