print("mendloop")
